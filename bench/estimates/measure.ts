import { estimate } from "@/lib/estimates/estimate";
import { percentile } from "../sample";
import { CoalescingDrainer, limitsOf } from "../virtual/drainer";
import { MINUTE_MS, randomOrders } from "../virtual/market";
import { runWorld, type VirtualOrder } from "../virtual/world";
import { VirtualFacts } from "./virtual-facts";

/** A cold queue has nothing to learn from; in production the row is as old as the last order. */
const WARM_UP_MS = 2 * MINUTE_MS;
const MEASURED_MS = 10 * MINUTE_MS;
/** For what was accepted last to be settled. */
const RUN_OUT_MS = 5 * MINUTE_MS;

export interface Measured {
  orders: number;
  /** Nothing was told. */
  untold: number;
  within: number;
  early: number;
  late: number;
  widthsMs: number[];
  waitsMs: number[];
}

/** Lets orders come for some virtual minutes, estimates each as it is accepted, and holds that against when it was settled. */
export function measure(ordersPerMinute: number, seed: number): Measured {
  const measured: Measured = { orders: 0, untold: 0, within: 0, early: 0, late: 0, widthsMs: [], waitsMs: [] };
  const told = new Map<VirtualOrder, { fromMs: number; byMs: number } | null>();
  let facts: VirtualFacts | undefined;
  const lastMs = WARM_UP_MS + MEASURED_MS;
  const onAccept = (order: VirtualOrder) => {
    if (!facts) throw new Error("An order came before its world was made.");
    const says = estimate(facts.of(order));
    if (order.acceptedAtMs >= WARM_UP_MS) told.set(order, says.kind === "interval" ? says : null);
  };
  runWorld(
    { seed, arrivals: randomOrders({ seed, ordersPerMinute, forMs: lastMs }), onAccept },
    (made) => {
      facts = new VirtualFacts(made, limitsOf(made));
      return new CoalescingDrainer(made);
    },
    lastMs + RUN_OUT_MS,
  );
  for (const [order, span] of told) add(measured, order, span);
  return measured;
}

function add(
  measured: Measured,
  { acceptedAtMs, settledAtMs = Number.POSITIVE_INFINITY }: VirtualOrder,
  span: { fromMs: number; byMs: number } | null,
) {
  const waitMs = settledAtMs - acceptedAtMs;
  measured.orders += 1;
  if (!span) {
    measured.untold += 1;
    return;
  }
  measured.widthsMs.push(span.byMs - span.fromMs);
  measured.waitsMs.push(waitMs);
  if (waitMs < span.fromMs) measured.early += 1;
  else if (waitMs > span.byMs) measured.late += 1;
  else measured.within += 1;
}

export function together(parts: readonly Measured[]): Measured {
  const sum = (of: (part: Measured) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    orders: sum(({ orders }) => orders),
    untold: sum(({ untold }) => untold),
    within: sum(({ within }) => within),
    early: sum(({ early }) => early),
    late: sum(({ late }) => late),
    widthsMs: parts.flatMap(({ widthsMs }) => widthsMs),
    waitsMs: parts.flatMap(({ waitsMs }) => waitsMs),
  };
}

/** Of all that was accepted: what was told nothing was not told well. */
export const coverage = ({ within, orders }: Measured): number => within / orders;

export function medians({ widthsMs, waitsMs }: Measured): { widthMs: number; waitMs: number } {
  const median = (values: readonly number[]) =>
    percentile(
      [...values].sort((a, b) => a - b),
      50,
    );
  return { widthMs: median(widthsMs), waitMs: median(waitsMs) };
}
