import type { ReactNode } from "react";
import type { SupplierEndpointView, SupplierView } from "@/lib/supplier/schemas";
import { countOf, formatCount } from "../format/number";
import { endpointWords } from "./call-words";
import { EndpointBudget } from "./endpoint-budget";
import { EndpointState } from "./endpoint-state";
import { milliseconds } from "./endpoint-table";
import { guardWords, nextCallWords } from "./limit-words";
import { outcomeCounts } from "./outcome-counts";

/** The list of a phone. */
export function EndpointCards({ supplier }: { supplier: SupplierView }) {
  return (
    <ul className="divide-y border-t md:hidden">
      {supplier.endpoints.map((endpoint) => (
        <Item key={endpoint.endpoint} endpoint={endpoint} at={supplier.at} />
      ))}
    </ul>
  );
}

function Item({ endpoint, at }: { endpoint: SupplierEndpointView; at: string }) {
  const { endpoint: name, limits, calls, outcomes, throttled, p50Ms, p95Ms } = endpoint;
  return (
    <li className="px-5 py-4">
      <div className="flex items-start justify-between gap-3">
        <p className="font-medium">{endpointWords(name)}</p>
        <div className="text-end">
          <EndpointState endpoint={endpoint} />
        </div>
      </div>
      <div className="mt-3">
        <EndpointBudget name={name} limits={limits} />
      </div>
      <dl className="mt-3 grid gap-1 text-sm">
        <Fact name="Next call">{limits ? nextCallWords(limits, at) : "–"}</Fact>
        <Fact name="Guard">{limits ? guardWords(limits.guard) : "–"}</Fact>
        <Fact name="In 1 hour">
          {countOf(calls, "call")}, {formatCount(throttled)} × 429
        </Fact>
        <Fact name="p50, p95">
          {milliseconds(p50Ms)}, {milliseconds(p95Ms)}
        </Fact>
      </dl>
      {outcomes.length > 0 ? <p className="mt-1 text-faint text-xs">{outcomeCounts(outcomes)}</p> : null}
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-muted">{name}</dt>
      <dd className="text-end font-medium">{children}</dd>
    </div>
  );
}
