import type { SupplierEndpointView, SupplierView } from "@/lib/supplier/schemas";
import { countOf, formatCount } from "../format/number";
import { formatDuration } from "../format/time";
import { cn } from "../ui/cn";
import { Table, Td, Th } from "../ui/table";
import { endpointWords } from "./call-words";
import { EndpointBudget } from "./endpoint-budget";
import { EndpointState } from "./endpoint-state";
import { guardWords, nextCallWords } from "./limit-words";
import { outcomeCounts } from "./outcome-counts";

/** The dense form, for comparing. */
export function EndpointTable({ supplier }: { supplier: SupplierView }) {
  return (
    <Table caption="Endpoints of the supplier" className="hidden border-t md:block">
      <thead>
        <tr>
          <Th>Endpoint</Th>
          <Th>Breaker</Th>
          <Th>Budget now</Th>
          <Th>Next call</Th>
          <Th>Calls in 1 hour</Th>
          <Th className="text-end">429s</Th>
          <Th className="text-end">p50, p95</Th>
        </tr>
      </thead>
      <tbody className="[&>tr:last-child>td]:border-b-0">
        {supplier.endpoints.map((endpoint) => (
          <Row key={endpoint.endpoint} endpoint={endpoint} at={supplier.at} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ endpoint, at }: { endpoint: SupplierEndpointView; at: string }) {
  const { endpoint: name, limits, calls, outcomes, throttled, p50Ms, p95Ms } = endpoint;
  return (
    <tr>
      <Td className="whitespace-nowrap align-top">
        <span className="block font-medium">{endpointWords(name)}</span>
        <span className="block font-mono text-faint text-xs">{name}</span>
      </Td>
      <Td className="align-top">
        <EndpointState endpoint={endpoint} />
      </Td>
      <Td className="align-top">
        <EndpointBudget name={name} limits={limits} />
      </Td>
      <Td className="align-top">
        {limits ? (
          <>
            <span className="block whitespace-nowrap font-medium">{nextCallWords(limits, at)}</span>
            <span className={cn("block text-xs", widened(limits) ? "text-warning" : "text-faint")}>
              guard {guardWords(limits.guard)}
            </span>
          </>
        ) : (
          <span className="text-faint">–</span>
        )}
      </Td>
      <Td className="min-w-44 align-top">
        <span className="block whitespace-nowrap font-medium">{calls === 0 ? "None" : countOf(calls, "call")}</span>
        <span className="block text-muted text-xs">{outcomeCounts(outcomes)}</span>
      </Td>
      <Td className={cn("text-end align-top", throttled > 0 && "font-semibold text-warning")}>{formatCount(throttled)}</Td>
      <Td className="whitespace-nowrap text-end align-top">
        {milliseconds(p50Ms)}
        <span className="block text-muted">{milliseconds(p95Ms)}</span>
      </Td>
    </tr>
  );
}

const widened = ({ guard }: NonNullable<SupplierEndpointView["limits"]>): boolean => Math.round(guard.nowMs) > guard.baseMs;

export const milliseconds = (durationMs: number | null): string =>
  durationMs === null ? "–" : formatDuration(durationMs / 1_000);
