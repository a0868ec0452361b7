import type { RatesView } from "@/lib/refresh/schemas";
import { countOf } from "../../format/number";
import { Badge } from "../../ui/badge";
import { Panel } from "../../ui/card";
import { RelativeTime } from "../../ui/relative-time";
import { AcceptRates } from "./accept-rates";

interface Props {
  history: RatesView["history"];
  current: RatesView["current"];
}

/** The latest lists. Only the supplier's last word can be accepted, so only that one has the button. */
export function RateHistory({ history, current }: Props) {
  const open = history.find(({ status }) => status === "refused");
  const decidable = open && (!current || Date.parse(open.lastSeenAt) > Date.parse(current.lastSeenAt)) ? open.id : null;
  return (
    <Panel title="Latest lists" className="overflow-hidden">
      <ul className="divide-y border-t">
        {history.map((snapshot) => (
          <Item key={snapshot.id} snapshot={snapshot} inUse={snapshot.id === current?.id} decidable={snapshot.id === decidable} />
        ))}
        {history.length === 0 ? <li className="px-5 py-4 text-muted">No list has come yet.</li> : null}
      </ul>
    </Panel>
  );
}

interface ItemProps {
  snapshot: RatesView["history"][number];
  inUse: boolean;
  decidable: boolean;
}

function Item({ snapshot, inUse, decidable }: ItemProps) {
  const { status, createdAt, lastSeenAt, currencies, base, turnedOver, acceptedBy, refusedBecause } = snapshot;
  const refused = status === "refused";
  return (
    <li className="px-5 py-3">
      <div className="flex items-center justify-between gap-3">
        <RelativeTime iso={createdAt} className="font-medium" />
        <span className="flex flex-wrap justify-end gap-1.5">
          {turnedOver ? <Badge tone="warning">Turned over</Badge> : null}
          <Badge tone={refused ? "danger" : inUse ? "success" : "neutral"}>
            {refused ? "Refused" : inUse ? "In use" : "Used"}
          </Badge>
        </span>
      </div>
      <p className="text-faint text-sm">
        {countOf(currencies, "currency", "currencies")} for 1 {base}, last told <RelativeTime iso={lastSeenAt} />
        {acceptedBy ? `, accepted by ${acceptedBy}` : ""}
      </p>
      {refusedBecause ? (
        <p className={refused ? "mt-1 break-words text-danger text-sm" : "mt-1 break-words text-muted text-sm"}>
          {refused ? refusedBecause : `Was refused at first: ${refusedBecause}`}
        </p>
      ) : null}
      {decidable ? <AcceptRates snapshot={snapshot} /> : null}
    </li>
  );
}
