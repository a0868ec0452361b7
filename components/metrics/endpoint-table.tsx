import type { Metrics } from "@/lib/metrics/schemas";
import { formatCount } from "../format/number";
import { formatDuration } from "../format/time";
import { Panel } from "../ui/card";
import { cn } from "../ui/cn";
import { Table, Td, Th } from "../ui/table";
import { BreakerBadge } from "./breaker-badge";

type Supplier = Metrics["supplier"];

interface Props {
  endpoints: Supplier["endpoints"];
  breakers: Supplier["breakers"];
}

/** Every endpoint that was called in the window or has a breaker. */
export function EndpointTable({ endpoints, breakers }: Props) {
  const silent = breakers.filter((breaker) => !endpoints.some(({ endpoint }) => endpoint === breaker.endpoint));
  return (
    <Panel title="Supplier endpoints" className="overflow-hidden">
      <Table caption="Supplier endpoints" className="border-t">
        <thead>
          <tr>
            <Th>Endpoint</Th>
            <Th>Breaker</Th>
            <Th className="text-end">Calls</Th>
            <Th>Outcomes</Th>
            <Th className="text-end">429s</Th>
            <Th className="text-end">p50</Th>
            <Th className="text-end">p95</Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {endpoints.map((row) => (
            <Row key={row.endpoint} row={row} breaker={breakers.find(({ endpoint }) => endpoint === row.endpoint)} />
          ))}
          {silent.map((breaker) => (
            <Row key={breaker.endpoint} row={{ ...NO_CALLS, endpoint: breaker.endpoint }} breaker={breaker} />
          ))}
          {endpoints.length + silent.length === 0 ? (
            <tr>
              <Td colSpan={COLUMNS} className="text-center text-faint">
                No call to the supplier in this window
              </Td>
            </tr>
          ) : null}
        </tbody>
      </Table>
    </Panel>
  );
}

const COLUMNS = 7;
const NO_CALLS = { calls: 0, outcomes: [], p50Ms: null, p95Ms: null, throttled: 0 };

interface RowProps {
  row: Supplier["endpoints"][number];
  breaker: Supplier["breakers"][number] | undefined;
}

function Row({ row, breaker }: RowProps) {
  return (
    <tr>
      <Td className="whitespace-nowrap font-medium">{row.endpoint}</Td>
      <Td>{breaker ? <BreakerBadge breaker={breaker} /> : <span className="text-faint">–</span>}</Td>
      <Td className="text-end">{formatCount(row.calls)}</Td>
      <Td className="text-muted text-sm">
        {row.outcomes.map(({ outcome, calls }) => `${outcome.replaceAll("_", " ")} ${formatCount(calls)}`).join(" · ") || "–"}
      </Td>
      <Td className={cn("text-end", row.throttled > 0 && "font-semibold text-warning")}>{formatCount(row.throttled)}</Td>
      <Td className="whitespace-nowrap text-end">{milliseconds(row.p50Ms)}</Td>
      <Td className="whitespace-nowrap text-end">{milliseconds(row.p95Ms)}</Td>
    </tr>
  );
}

function milliseconds(durationMs: number | null): string {
  return durationMs === null ? "–" : formatDuration(durationMs / 1_000);
}
