import { MAX_READ_WAIT_MS } from "@/lib/dispatch/next-action";
import { firstReadAfterMs, learn, UNTAUGHT } from "@/lib/dispatch/read-pace";
import { countArrival } from "../../simulation/outside/limits";
import type { Arrivals } from "../../simulation/outside/supplier-rows";
import { gap, MINUTE_MS } from "./market";
import { limits } from "./place-order-limits";
import type { VirtualDispatch, World } from "./world";

/** One way, an ordinary one with its jitter. */
export const WAY_MS = [20, 40] as const;
const CHECKOUT_MS = [60, 180] as const;
const READ_MS = [20, 80] as const;
/** An order is finished after at least so long, and so much more on average. */
const LEAST_FINISH_MS = 800;
const MEAN_FINISH_MS = 2_000;
const CALLBACK_SHARE = 0.97;
const CALLBACK_MS = [50, 400] as const;
/** From the notification to the read that it causes. */
const WOKEN_MS = [20, 60] as const;
const READS_A_MINUTE = 120;
/** Between two reads of who polls. */
const POLL_MS = 2_000;

interface Read {
  finalAtMs: number;
  dueAtMs: number;
  calledAtMs: number | null;
  backOffMs: number;
}

/** Bamboo: strict counters, orders that take their time, callbacks for most of them. Reads are timed as lib/dispatch/next-action.ts does. */
export class VirtualSupplier {
  private readonly arrivals: Arrivals = { checkouts: [], byProduct: new Map() };
  private readonly readsAtMs: number[] = [];
  private pace = UNTAUGHT;

  /** With `polls`, callbacks are not used, and each order is read at least so often. */
  constructor(
    private readonly world: World,
    private readonly polls = 0,
  ) {}

  /** Sends a checkout that may leave now. */
  post(dispatch: VirtualDispatch): void {
    const { world } = this;
    const leftAtMs = world.nowMs;
    dispatch.departedAtMs = leftAtMs;
    world.after(world.random.within(WAY_MS), () => {
      const broken = countArrival(this.arrivals, world.nowMs, world.productWindow ? dispatch.productIds : []);
      if (broken) world.refused.push(broken);
      const finalAtMs = world.nowMs + LEAST_FINISH_MS + gap(world.random, MEAN_FINISH_MS);
      const answersInMs = world.random.within(CHECKOUT_MS) + world.random.within(WAY_MS);
      world.after(answersInMs, () => this.answered(dispatch, finalAtMs, leftAtMs));
    });
  }

  private answered(dispatch: VirtualDispatch, finalAtMs: number, leftAtMs: number): void {
    const { world } = this;
    limits.land(world, dispatch.ticket, dispatch.productIds, world.nowMs - leftAtMs);
    dispatch.placedAtMs = world.nowMs;
    for (const order of dispatch.orders) order.placedAtMs = world.nowMs;
    const firstReadMs = this.polls > 0 ? POLL_MS : firstReadAfterMs(this.pace);
    const due: Read = { finalAtMs, dueAtMs: world.nowMs + firstReadMs, calledAtMs: null, backOffMs: firstReadMs };
    world.after(firstReadMs, () => {
      if (dispatch.reads === 0) this.read(dispatch, due);
    });
    if (this.polls > 0 || !world.random.chance(CALLBACK_SHARE)) return;
    const calledAtMs = finalAtMs + world.random.within(CALLBACK_MS);
    world.after(calledAtMs + world.random.within(WOKEN_MS) - world.nowMs, () => this.read(dispatch, { ...due, calledAtMs }));
  }

  /** One GET, as soon as the budget of reads has a place; found open, it is asked again later and later. */
  private read(dispatch: VirtualDispatch, due: Read): void {
    const { world } = this;
    if (dispatch.settledAtMs !== undefined) return;
    world.after(this.readRoomMs(), () => {
      if (dispatch.settledAtMs !== undefined) return;
      dispatch.reads += 1;
      const readAtMs = world.nowMs;
      const over = dispatch.reads >= this.polls && readAtMs + WAY_MS[0] >= due.finalAtMs;
      if (dispatch.reads === 1) this.learn(dispatch, due, over);
      world.after(world.random.within(WAY_MS) + world.random.within(READ_MS) + world.random.within(WAY_MS), () => {
        if (dispatch.settledAtMs !== undefined) return;
        if (over) world.settle(dispatch);
        else this.readAgain(dispatch, due);
      });
    });
  }

  private readAgain(dispatch: VirtualDispatch, due: Read): void {
    const { world } = this;
    const backOffMs = Math.min(due.backOffMs * 2, MAX_READ_WAIT_MS);
    const again = { ...due, dueAtMs: world.nowMs + due.backOffMs, calledAtMs: null, backOffMs };
    world.after(due.backOffMs, () => this.read(dispatch, again));
  }

  private learn({ placedAtMs }: VirtualDispatch, { dueAtMs, calledAtMs }: Read, over: boolean): void {
    const { nowMs } = this.world;
    if (placedAtMs === undefined) return;
    const age = (atMs: number) => atMs - placedAtMs;
    this.pace = learn(this.pace, {
      over,
      readAtAgeMs: age(nowMs),
      dueAtAgeMs: age(dueAtMs),
      calledAtAgeMs: calledAtMs === null ? null : age(calledAtMs),
    });
  }

  /** Takes a place among the reads of a minute; answers how long it has to wait for it. */
  private readRoomMs(): number {
    const { readsAtMs, world } = this;
    const oldest = readsAtMs[READS_A_MINUTE - 1];
    const atMs = Math.max(world.nowMs, oldest === undefined ? 0 : oldest + MINUTE_MS);
    readsAtMs.unshift(atMs);
    if (readsAtMs.length > READS_A_MINUTE) readsAtMs.length = READS_A_MINUTE;
    return atMs - world.nowMs;
  }
}
