import type { SupplierQueue } from "@/lib/supplier/schemas";
import { countOf, formatCount } from "../format/number";
import { formatDuration, formatExact } from "../format/time";
import { Panel } from "../ui/card";
import { Table, Td, Th } from "../ui/table";

const COLUMNS = 4;

/** What waits to be bought: by lane, and whose it is. */
export function WaitingPanel({ queue, at }: { queue: SupplierQueue; at: string }) {
  const lanes = LANES.map((lane) => ({ lane, figures: queue.lanes.find((row) => row.lane === lane) }));
  return (
    <Panel title="Waiting" aside={queue.cut ? "A long queue: counted in part" : undefined} className="overflow-hidden">
      <dl className="grid grid-cols-2 divide-x border-t rtl:divide-x-reverse">
        {lanes.map(({ lane, figures }) => (
          <div key={lane} className="px-5 py-3">
            <dt className="text-faint text-sm">{LANE_WORDS[lane]}</dt>
            <dd>
              <span className="block font-semibold text-lg">{figures ? countOf(figures.cards, "card") : "None"}</span>
              {figures ? (
                <span className="block text-muted text-sm">
                  {countOf(figures.orders, "order")}, {countOf(figures.lines, "line")}; oldest{" "}
                  <Waited since={figures.oldestAt} at={at} />
                </span>
              ) : (
                <span className="block text-faint text-sm">Nothing waits</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Table caption="Partners that wait" className="border-t">
        <thead>
          <tr>
            <Th>Partner</Th>
            <Th className="text-end">Orders</Th>
            <Th className="text-end">Cards</Th>
            <Th className="text-end">Oldest</Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {queue.partners.map((partner) => (
            <tr key={partner.id}>
              <Td className="max-w-28 sm:max-w-52">
                <span className="block truncate font-medium" title={partner.name}>
                  {partner.name}
                </span>
                <span className="block text-faint text-xs">weight {formatCount(partner.weight)}</span>
              </Td>
              <Td className="text-end">{formatCount(partner.orders)}</Td>
              <Td className="text-end">{formatCount(partner.cards)}</Td>
              <Td className="whitespace-nowrap text-end text-muted">
                <Waited since={partner.oldestAt} at={at} />
              </Td>
            </tr>
          ))}
          {queue.partners.length === 0 ? (
            <tr>
              <Td colSpan={COLUMNS} className="text-center text-faint">
                No partner waits
              </Td>
            </tr>
          ) : null}
        </tbody>
      </Table>
      {queue.partnerCount > queue.partners.length ? (
        <p className="border-t px-5 py-2 text-faint text-sm">
          and {countOf(queue.partnerCount - queue.partners.length, "more partner")} with fewer cards
        </p>
      ) : null}
    </Panel>
  );
}

const LANES = ["urgent", "normal"] as const;
const LANE_WORDS = { urgent: "Urgent", normal: "Normal" } as const;

/** How long somebody has waited, by the clock of the server that answered at `at`. */
function Waited({ since, at }: { since: string; at: string }) {
  return (
    <time dateTime={since} title={formatExact(since)}>
      {formatDuration(Math.max(Date.parse(at) - Date.parse(since), 0) / 1_000)}
    </time>
  );
}
