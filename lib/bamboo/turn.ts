import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Because, Endpoint } from "./budgets";
import { hasOpenWay, NEW_WAY_MS } from "./request";
import { reserve } from "./reserve";

/** The right to make one call at its moment. To be used by the call it was reserved for, or given back. */
export interface Turn {
  endpoint: Endpoint;
  ticket: string;
  /** When it is due at the soonest, as `performance.now()` of this process. */
  dueAt: number;
  /** It tries whether the supplier answers again: better with little at stake. */
  probe: boolean;
  /** Products of which it holds a place. */
  held: Set<number>;
  /** Where it departed in the step that gave it: when that was asked, and whether it reckoned with an open connection. */
  departed: { at: number; openWay: boolean } | null;
}

export type Reserved = { kind: "turn"; turn: Turn } | { kind: "not_now"; waitMs: number; because: Because };

/** The call was not made, and its turn is given back; `waitMs` is when to reserve another. */
export interface NotNow {
  kind: "not_now";
  waitMs: number;
  because: Because | "product";
}

/** What is called as soon as its turn is there, with nothing to plan in between. */
const EAGER: ReadonlySet<Endpoint> = new Set(["getOrder", "catalog", "exchangeRates", "ordersReport"]);

/** Reserves the next moment of an endpoint, if it comes within `maxWaitMs` and the breaker lets a call through. */
export async function reserveTurn(endpoint: Endpoint, maxWaitMs: number, warm: () => Promise<void>): Promise<Reserved> {
  const ticket = randomUUID();
  const askedAt = performance.now();
  const openWay = hasOpenWay();
  const lateMs = openWay ? 0 : NEW_WAY_MS;
  const reserved = await reserve({ endpoint, ticket, maxWaitMs, eager: EAGER.has(endpoint), lateMs }, warm);
  if (reserved.kind === "not_now") return reserved;
  // From the question: the next one needs its time to Redis too, and comes too early rather than too late.
  const dueAt = askedAt + reserved.waitMs;
  const departed = reserved.departed ? { at: askedAt, openWay } : null;
  return { kind: "turn", turn: { endpoint, ticket, dueAt, probe: reserved.probe, held: new Set(), departed } };
}
