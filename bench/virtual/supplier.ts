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
const FIRST_READ_MS = 2_000;
/** Where callbacks come, a read that none caused waits so many times the learned time. */
const PATIENCE = 3;
const MAX_READ_WAIT_MS = 60_000;

/** Bamboo: strict counters, orders that take their time, callbacks for most of them. Reading is by lib/dispatch's rules, much shortened. */
export class VirtualSupplier {
  private readonly arrivals: Arrivals = { checkouts: [], byProduct: new Map() };
  private readonly readsAtMs: number[] = [];
  private learnedMs = FIRST_READ_MS;

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
    if (this.polls > 0) {
      world.after(FIRST_READ_MS, () => this.read(dispatch, finalAtMs, FIRST_READ_MS));
      return;
    }
    world.after(this.learnedMs * PATIENCE, () => this.read(dispatch, finalAtMs, this.learnedMs));
    if (!world.random.chance(CALLBACK_SHARE)) return;
    const calledBackMs = finalAtMs - world.nowMs + world.random.within(CALLBACK_MS);
    world.after(calledBackMs + world.random.within(WOKEN_MS), () => {
      this.learn(finalAtMs - (dispatch.placedAtMs ?? finalAtMs));
      this.read(dispatch, finalAtMs, this.learnedMs);
    });
  }

  /** One GET, as soon as the budget of reads has a place; found open, it is asked again later and later. */
  private read(dispatch: VirtualDispatch, finalAtMs: number, backOffMs: number): void {
    const { world } = this;
    if (dispatch.settledAtMs !== undefined) return;
    const waitMs = this.readRoomMs();
    world.after(waitMs, () => {
      if (dispatch.settledAtMs !== undefined) return;
      dispatch.reads += 1;
      const isFinal = dispatch.reads >= this.polls && world.nowMs + WAY_MS[0] >= finalAtMs;
      world.after(world.random.within(WAY_MS) + world.random.within(READ_MS) + world.random.within(WAY_MS), () => {
        if (dispatch.settledAtMs !== undefined) return;
        if (isFinal) world.settle(dispatch);
        else world.after(backOffMs, () => this.read(dispatch, finalAtMs, Math.min(backOffMs * 2, MAX_READ_WAIT_MS)));
      });
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

  /** So that about one in ten would be read too early: a quantile found by steps. */
  private learn(finishedMs: number): void {
    this.learnedMs *= finishedMs > this.learnedMs ? 1.2 : 0.98;
  }
}
