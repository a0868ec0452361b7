import type { WaitingLine } from "@/lib/dispatch/plan-dispatch";
import { limits } from "./place-order-limits";
import type { VirtualSupplier } from "./supplier";
import { claim, type Drainer, type VirtualDispatch, type World } from "./world";

/** From the commit of an order to a drainer that was asleep. */
const EVENT_MS = [10, 40] as const;
/** So long before its turn a drainer reads the queue, plans and claims. */
const LEAD_MS = 40;
const CLAIM_MS = [10, 30] as const;
/** A timer is so late. */
const LATE_MS = [0, 2] as const;
/** While all that waits has to, whatever comes new is looked for so often. */
const LOOK_AGAIN_MS = 250;

/** What goes into the next checkout, in claim order; or how long nothing can. */
export type Choose = (world: World) => { lines: readonly WaitingLine[] } | { waitMs: number };

/** A drainer in virtual time, as lib/dispatch/drain.ts: a turn, the choice just before it, the claim, the checkout, and the next turn meanwhile. */
export class BaseDrainer implements Drainer {
  private awake = false;
  private tickets = 0;

  constructor(
    private readonly world: World,
    private readonly supplier: VirtualSupplier,
    private readonly choose: Choose,
  ) {}

  wake(): void {
    if (this.awake) return;
    this.awake = true;
    const { world } = this;
    world.after(world.random.within(EVENT_MS), () => this.takeTurn());
  }

  private takeTurn(): void {
    const { world } = this;
    if (world.waiting.size === 0) {
      this.awake = false;
      return;
    }
    const ticket = `turn-${this.tickets++}`;
    const dueInMs = limits.reserve(world, ticket);
    const dueAtMs = world.nowMs + dueInMs;
    world.after(dueInMs - LEAD_MS, () => this.claim(ticket, dueAtMs));
  }

  private claim(ticket: string, dueAtMs: number): void {
    const { world } = this;
    const chosen = this.choose(world);
    const lines = "lines" in chosen ? this.withPlaces(ticket, chosen.lines) : [];
    if (lines.length === 0) {
      limits.giveBack(world, ticket);
      const waitMs = "waitMs" in chosen ? Math.min(chosen.waitMs, LOOK_AGAIN_MS) : LOOK_AGAIN_MS;
      world.after(waitMs, () => this.takeTurn());
      return;
    }
    const dispatch = claim(world, lines, ticket);
    const claimedInMs = world.random.within(CLAIM_MS);
    const aheadMs = Math.max(claimedInMs, dueAtMs - world.nowMs) + world.random.within(LATE_MS);
    world.after(aheadMs, () => this.depart(dispatch));
    world.after(claimedInMs, () => this.takeTurn());
  }

  /** Those whose product has a place at the moment of the turn, which this holds now. */
  private withPlaces(ticket: string, lines: readonly WaitingLine[]): WaitingLine[] {
    const full = limits.takeProducts(this.world, ticket, [...new Set(lines.map(({ productId }) => productId))]);
    return lines.filter(({ productId }) => !full.has(productId));
  }

  private depart(dispatch: VirtualDispatch): void {
    const { world, supplier } = this;
    const waitMs = limits.depart(world, dispatch.ticket, dispatch.productIds);
    if (waitMs === 0) supplier.post(dispatch);
    else world.after(waitMs + world.random.within(LATE_MS), () => this.depart(dispatch));
  }
}
