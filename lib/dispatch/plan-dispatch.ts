import { Basket } from "./plan-basket";
import { productRooms } from "./plan-pace";
import { promiseFor } from "./plan-promises";
import { buildQueues, LANES, type Queues, somethingLeft } from "./plan-queues";
import { carryOver, take, takeTurns } from "./plan-rounds";
import type { Turns } from "./plan-turns";

export { productsWithoutRoom } from "./plan-pace";
export { FRESH_TURNS, type Turns, turnsSchema } from "./plan-turns";

export type Lane = "urgent" | "normal";

/** An order line in the queue, as planning sees it. */
export interface WaitingLine {
  id: string;
  orderId: string;
  partnerId: string;
  lane: Lane;
  queuedAtMs: number;
  productId: number;
  faceMinor: number;
  faceCurrency: string;
  quantity: number;
}

export interface Queue {
  lines: readonly WaitingLine[];
  /** By partner; 1 where there is none. */
  weights: ReadonlyMap<string, number>;
  /** Partners with many lines waiting, of which `lines` may hold a part only. */
  heavy: ReadonlySet<string>;
  turns: Turns;
}

export interface Limits {
  maxCards: number;
  /** Of product x face value. */
  maxLines: number;
  /** A product may be ordered so often in its window. */
  productLimit: number;
  productWindowMs: number;
}

export type Plan =
  | {
      kind: "claim";
      /** In turn order: a shortage falls on the last. */
      lines: WaitingLine[];
      productIds: number[];
      turns: Turns;
      /** Something that has room was left for the next. */
      more: boolean;
    }
  | { kind: "wait"; waitMs: number }
  | { kind: "empty" };

/**
 * Which waiting lines go into the next checkout (design: "Coalescing"): urgent before normal, partners in turn by cards and weight, no
 * product faster than its pace. `productUse` gives how many milliseconds ago each product was ordered, newest first. The same input
 * gives the same plan.
 */
export function planDispatch(queue: Queue, productUse: ReadonlyMap<number, readonly number[]>, limits: Limits): Plan {
  if (queue.lines.length === 0) return { kind: "empty" };
  const queues = buildQueues(queue, productRooms(productUse, limits), limits.maxCards);
  if (queues.shortestWaitMs > 0) return { kind: "wait", waitMs: Math.ceil(queues.shortestWaitMs) };
  const basket = new Basket(limits, (productId) => promiseFor(queues, productId));
  const deficits = new Map(Object.entries(queue.turns.deficits));
  takeOwed(queue.turns.owed, queues, deficits, basket);
  const next = { ...queue.turns.next };
  const stopped: string[] = [];
  for (const lane of LANES) {
    const stop = takeTurns(queues, lane, next[lane], deficits, basket);
    if (!stop) continue;
    next[lane] = stop.partnerId;
    stopped.push(stop.line.id);
  }
  const all = [...queues.urgent, ...queues.normal];
  return {
    kind: "claim",
    lines: basket.lines,
    productIds: [...basket.productIds],
    turns: { deficits: carryOver(all, deficits), next, owed: stillOwed(queue.turns.owed, stopped, basket) },
    more: all.some((queue) => somethingLeft(queue)),
  };
}

/**
 * One of them only, and it comes before the urgent lane: what is large would otherwise find a full dispatch each time, and the normal lane
 * would stand still while urgent orders fill every dispatch.
 */
function takeOwed(owed: readonly string[], { urgent, normal }: Queues, deficits: Map<string, number>, basket: Basket): void {
  if (owed.length === 0) return;
  const places = new Map(owed.map((id, place) => [id, place]));
  const found = [...urgent, ...normal].flatMap((queue) =>
    queue.ready.flatMap((group) =>
      group.lines.flatMap((line) => {
        const place = places.get(line.id);
        return place === undefined ? [] : [{ place, queue, group, line }];
      }),
    ),
  );
  const first = found.sort((a, b) => a.place - b.place)[0];
  if (first) take(first.queue, first.group, first.line, deficits, basket);
}

/** Those that wait for their product stay. Some of them may have been cancelled, so no more than this many are remembered. */
const MAX_OWED = 50;

function stillOwed(before: readonly string[], stopped: readonly string[], { lines }: Basket): string[] {
  const gone = new Set(lines.map(({ id }) => id));
  return [...new Set([...before, ...stopped])].filter((id) => !gone.has(id)).slice(-MAX_OWED);
}
