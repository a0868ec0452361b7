import type { Refresh } from "@/lib/refresh/schemas";
import { formatCount } from "../../format/number";
import { formatDuration } from "../../format/time";
import { Badge } from "../../ui/badge";
import { Card } from "../../ui/card";
import { RelativeTime } from "../../ui/relative-time";
import { Table, Td, Th } from "../../ui/table";
import { ChangesLink } from "./changes-link";
import { pageWords, REFRESH_LOOKS, TRIGGER_WORDS } from "./refresh-words";

const COLUMNS = 9;

/** The dense form, for comparing. */
export function RefreshTable({ refreshes }: { refreshes: readonly Refresh[] }) {
  return (
    <Card className="hidden overflow-hidden md:block">
      <Table caption="Refreshes, newest first">
        <thead>
          <tr>
            <Th>Begun</Th>
            <Th>Status</Th>
            <Th className="text-end">Took</Th>
            <Th className="text-end">Products</Th>
            <Th className="text-end">Added</Th>
            <Th className="text-end">Changed</Th>
            <Th className="text-end">Repriced</Th>
            <Th className="text-end">Withdrawn</Th>
            <Th>
              <span className="sr-only">What changed</span>
            </Th>
          </tr>
        </thead>
        {refreshes.map((refresh) => (
          <Rows key={refresh.id} refresh={refresh} />
        ))}
      </Table>
    </Card>
  );
}

/** A refresh and, where it failed, why. */
function Rows({ refresh }: { refresh: Refresh }) {
  const { id, trigger, status, source, startedAt, tookMs, counts, error } = refresh;
  const { label, tone } = REFRESH_LOOKS[status];
  return (
    <tbody className="last:[&>tr:last-child>td]:border-b-0">
      <tr className={error ? "[&>td]:border-b-0" : undefined}>
        <Td>
          <RelativeTime iso={startedAt} className="block whitespace-nowrap font-medium" />
          <span className="block text-faint text-sm">{TRIGGER_WORDS[trigger]}</span>
        </Td>
        <Td>
          <Badge tone={tone}>{label}</Badge>
        </Td>
        <Td className="whitespace-nowrap text-end">
          {tookMs === null ? <span className="text-faint">–</span> : formatDuration(tookMs / 1_000)}
          <span className="block text-faint text-xs">
            {pageWords(refresh)}, {source}
          </span>
        </Td>
        <Count value={counts?.products} strong />
        <Count value={counts?.added} />
        <Count value={counts?.changed} />
        <Count value={counts?.repriced} />
        <Count value={counts?.withdrawn} />
        <Td className="w-0">
          <ChangesLink refreshId={id} startedAt={startedAt} />
        </Td>
      </tr>
      {error ? (
        <tr>
          <Td colSpan={COLUMNS} className="h-auto break-words pt-0 text-danger text-sm">
            {error}
          </Td>
        </tr>
      ) : null}
    </tbody>
  );
}

function Count({ value, strong = false }: { value: number | undefined; strong?: boolean }) {
  const quiet = value === undefined || (value === 0 && !strong);
  return <Td className={quiet ? "text-end text-faint" : "text-end"}>{value === undefined ? "–" : formatCount(value)}</Td>;
}
