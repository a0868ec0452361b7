import type { WaitingLine } from "@/lib/dispatch/plan-dispatch";
import { Agenda } from "../../simulation/engine/agenda";
import { Random } from "../../simulation/engine/random";
import { type BudgetMemory, emptyMemory } from "../../simulation/outside/budget";
import type { Arrival } from "./market";
import { WaitingOrders } from "./waiting-orders";

/** An order of one line, and what became of it. Times are virtual milliseconds. */
export interface VirtualOrder {
  line: WaitingLine;
  acceptedAtMs: number;
  /** Undefined until then. */
  claimedAtMs?: number;
  placedAtMs?: number;
  settledAtMs?: number;
}

/** One checkout and what it carries. */
export interface VirtualDispatch {
  ticket: string;
  orders: VirtualOrder[];
  productIds: number[];
  departedAtMs?: number;
  placedAtMs?: number;
  settledAtMs?: number;
  reads: number;
}

/** Whoever wants to know. Called at the moment at which it happens; they look, and change nothing. */
export interface Hooks {
  /** The order was accepted, and is in the queue already. */
  onAccept?(order: VirtualOrder, world: World): void;
  onSettled?(order: VirtualOrder, world: World): void;
}

export interface WorldOptions extends Hooks {
  seed: number;
  arrivals: readonly Arrival[];
  weights?: ReadonlyMap<string, number>;
  /** Whether a product may be ordered only so often a minute. */
  productWindow?: boolean;
}

/** What the drainer is told. */
export interface Drainer {
  /** There is something new. */
  wake(): void;
}

/** Partners, a queue, the limits' memory and a clock that jumps from one thing to the next. */
export interface World {
  nowMs: number;
  random: Random;
  /** Every order so far, in order of arrival. */
  orders: VirtualOrder[];
  waiting: WaitingOrders;
  dispatches: VirtualDispatch[];
  weights: ReadonlyMap<string, number>;
  productWindow: boolean;
  limits: BudgetMemory;
  /** Arrivals at the supplier that its strict counters would have refused. */
  refused: string[];
  after(delayMs: number, happen: () => void): void;
  settle(dispatch: VirtualDispatch): void;
}

export type MakeDrainer = (world: World) => Drainer;

/** Lets all that arrives be bought by `drainer`, up to that moment. The same options give the same run. */
export function runWorld(options: WorldOptions, makeDrainer: MakeDrainer, untilMs: number): World {
  const { seed, arrivals, weights = new Map(), productWindow = true, onAccept, onSettled } = options;
  const agenda = new Agenda();
  const world: World = {
    nowMs: 0,
    random: new Random(seed),
    orders: [],
    waiting: new WaitingOrders(),
    dispatches: [],
    weights,
    productWindow,
    limits: emptyMemory(),
    refused: [],
    after: (delayMs, happen) => agenda.add(world.nowMs + Math.max(Math.ceil(delayMs), 0), happen),
    settle(dispatch) {
      dispatch.settledAtMs = world.nowMs;
      for (const order of dispatch.orders) {
        order.settledAtMs = world.nowMs;
        onSettled?.(order, world);
      }
    },
  };
  const drainer = makeDrainer(world);
  for (const [index, arrival] of arrivals.entries()) {
    agenda.add(Math.ceil(arrival.atMs), () => {
      const order = accept(world, arrival, index);
      onAccept?.(order, world);
      drainer.wake();
    });
  }
  while (!agenda.isFreeUntil(untilMs)) {
    const event = agenda.next();
    if (!event) break;
    world.nowMs = event.atMs;
    event.happen();
  }
  return world;
}

function accept(world: World, { partnerId, lane, productId, quantity }: Arrival, index: number): VirtualOrder {
  const id = `line-${String(index).padStart(7, "0")}`;
  const acceptedAtMs = world.nowMs;
  const line = { id, orderId: id, partnerId, lane, queuedAtMs: acceptedAtMs, productId, quantity, ...FACE } satisfies WaitingLine;
  const order: VirtualOrder = { line, acceptedAtMs };
  world.orders.push(order);
  world.waiting.add(order);
  return order;
}

const FACE = { faceMinor: 1_000, faceCurrency: "USD" };

/** Takes lines out of the queue. */
export function claim(world: World, lines: readonly WaitingLine[], ticket: string): VirtualDispatch {
  const orders = lines.flatMap(({ id }) => world.waiting.get(id) ?? []);
  for (const order of orders) {
    order.claimedAtMs = world.nowMs;
    world.waiting.remove(order.line);
  }
  const productIds = [...new Set(lines.map(({ productId }) => productId))];
  const dispatch: VirtualDispatch = { ticket, orders, productIds, reads: 0 };
  world.dispatches.push(dispatch);
  return dispatch;
}
