import type { EstimateFacts, Pace, WaitingProduct } from "@/lib/estimates/estimate";
import { COUNTED_LINES, COUNTED_ORDERS } from "@/lib/estimates/placement";
import { HEAVY_LINES, type ProductLimits } from "@/lib/product-pace";
import type { VirtualDispatch, VirtualOrder, World } from "../virtual/world";

/** As in lib/estimates/refresh-pace.ts and migration 0009. */
const REFRESH_MS = 3_000;
const SAMPLE = 200;
const LEAST_SAMPLE = 5;
const RECENT = 100;
const LONGEST_SLOT_MS = 5_000;
const SHORTEST_SLOT_MS = 500;
const USES_LOOKED_AT = 12;
const STEPS = 40;

/** The facts of an estimate as the database would give them, from the state of a virtual world. */
export class VirtualFacts {
  private pace: Pace | null = null;
  private learnedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly world: World,
    private readonly limits: ProductLimits,
  ) {}

  /** For an order that is in the queue already. */
  of(order: VirtualOrder): EstimateFacts {
    if (this.world.nowMs - this.learnedAtMs >= REFRESH_MS) this.learn();
    const { productId, partnerId } = order.line;
    return {
      pace: this.pace,
      silent: false,
      ordersAhead: this.ordersAhead(order),
      heavy: this.world.waiting.most(partnerId) > HEAVY_LINES,
      products: [{ productId, usedAgoMs: this.usedAgoMs(productId), ...this.productAhead(order) }],
      boughtAgoMs: [],
      limits: this.limits,
    };
  }

  /** `orders_ahead` of migration 0009 for an order that came last: the rounds of turns, urgent before normal. */
  private ordersAhead({ line }: VirtualOrder): number {
    const counts = new Map<string, number>();
    let urgent = 0;
    for (const { line: other } of this.world.waiting.all()) {
      if (other.id === line.id) continue;
      if (other.lane === line.lane) counts.set(other.partnerId, (counts.get(other.partnerId) ?? 0) + 1);
      else if (other.lane === "urgent") urgent += 1;
    }
    const weightOf = (partnerId: string) => this.world.weights.get(partnerId) ?? 1;
    const own = counts.get(line.partnerId) ?? 0;
    const rounds = Math.floor(own / weightOf(line.partnerId)) + 1;
    let ahead = own + urgent;
    for (const [partnerId, waiting] of counts)
      if (partnerId !== line.partnerId) ahead += Math.min(waiting, rounds * weightOf(partnerId));
    return Math.min(ahead, COUNTED_ORDERS);
  }

  /** `product_ahead` of migration 0009, with its caps. */
  private productAhead({ line }: VirtualOrder): Pick<WaitingProduct, "ownCardsAhead" | "othersCards" | "capped"> {
    const own: number[] = [];
    const theirs = new Map<string, number[]>();
    for (const { line: other } of this.world.waiting.all()) {
      if (other.productId !== line.productId || other.id === line.id) continue;
      if (other.partnerId === line.partnerId) own.push(other.quantity);
      else {
        const lines = theirs.get(other.partnerId);
        if (lines) lines.push(other.quantity);
        else theirs.set(other.partnerId, [other.quantity]);
      }
    }
    const ownCardsAhead = sumOf(own.slice(0, COUNTED_LINES));
    let room = COUNTED_LINES;
    const othersCards: number[] = [];
    for (const [, lines] of [...theirs].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const counted = lines.slice(0, Math.min(ownCardsAhead, room));
      room -= counted.length;
      if (counted.length > 0) othersCards.push(sumOf(counted));
    }
    return { ownCardsAhead, othersCards, capped: own.length >= COUNTED_LINES || room === 0 };
  }

  /** By the claims, which is what the database knows; newest first. */
  private usedAgoMs(productId: number): number[] {
    const { dispatches, nowMs } = this.world;
    const uses: number[] = [];
    for (let at = dispatches.length - 1; at >= 0 && uses.length < USES_LOOKED_AT; at--) {
      const dispatch = dispatches[at];
      const agoMs = dispatch ? nowMs - claimedAtMs(dispatch) : 0;
      if (agoMs >= this.limits.productWindowMs) break;
      if (dispatch?.productIds.includes(productId)) uses.push(agoMs);
    }
    return uses;
  }

  private learn(): void {
    const { dispatches, orders, waiting, nowMs } = this.world;
    this.learnedAtMs = nowMs;
    const settled = dispatches
      .slice(-2 * SAMPLE)
      .filter(({ settledAtMs }) => settledAtMs !== undefined)
      .sort((a, b) => (b.settledAtMs ?? 0) - (a.settledAtMs ?? 0))
      .slice(0, SAMPLE)
      .map((dispatch) => (dispatch.settledAtMs ?? 0) - claimedAtMs(dispatch))
      .sort((a, b) => a - b);
    const recent = dispatches.slice(-RECENT);
    const starts = recent.map(claimedAtMs);
    const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? at));
    const claims = orders
      .slice(-RECENT)
      .flatMap(({ claimedAtMs: at, acceptedAtMs }) => (at === undefined ? [] : [at - acceptedAtMs]));
    const cards = (list: readonly VirtualOrder[]) => list.reduce((sum, { line }) => sum + line.quantity, 0);
    this.pace = {
      toSettledMs:
        settled.length < LEAST_SAMPLE
          ? []
          : Array.from({ length: STEPS + 1 }, (_, step) => Math.round(continuous(settled, step / STEPS) ?? 0)),
      toClaimedMs:
        continuous(
          claims.sort((a, b) => a - b),
          0.1,
        ) ?? 0,
      slotMs: Math.max(
        SHORTEST_SLOT_MS,
        continuous(
          gaps.filter((gapMs) => gapMs <= LONGEST_SLOT_MS).sort((a, b) => a - b),
          0.25,
        ) ?? 0,
      ),
      cardsPerDispatch: Math.max(1, ...recent.map(({ orders: own }) => cards(own))),
      cardsPerOrder: Math.ceil(cards(orders.slice(-RECENT)) / Math.max(1, Math.min(RECENT, orders.length))),
      waitingOrders: waiting.size,
    };
  }
}

/** `percentile_cont` of sorted values; null of none. */
function continuous(sorted: readonly number[], share: number): number | null {
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low === undefined || high === undefined ? null : low + (high - low) * (at - Math.floor(at));
}

const sumOf = (cards: readonly number[]) => cards.reduce((sum, one) => sum + one, 0);

const claimedAtMs = ({ orders }: VirtualDispatch): number => orders[0]?.claimedAtMs ?? 0;
