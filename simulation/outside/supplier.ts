import type { Reason } from "@/lib/bamboo/reasons";
import { checkPurchase } from "../check/purchases";
import { Violation } from "../engine/failures";
import { happens } from "../engine/faults";
import { count } from "../engine/tally";
import { owe, type World } from "../engine/world";
import { type Answer, answerOf, GATEWAY_PAGE, refusal, textAnswer, tooMany } from "./answers";
import { scheduleCallbacks } from "./callbacks";
import { countArrival } from "./limits";
import type { Purchase, PurchaseItem, Sent, SoldCard } from "./supplier-rows";
import { wireOrderOf } from "./wire-order";

const LINE_REASONS = [
  "ProductIsOutOfStock",
  "ProductIsOutOfStock",
  "InvalidDenomination",
  "InvalidProduct",
] as const satisfies Reason[];
const OUR_REASONS = ["InsufficientBalance", "UserNotEnabled", "WrongAccount"] as const satisfies Reason[];
const PAUSE_SECONDS = [1, 10, 60] as const;
const USUAL_MS = [400, 400, 8_000] as const;
const SLOW_MS = [60_000, 120_000, 25 * 60_000] as const;
const LAG_MS = 60_000;
const SHORT_MS = 600_000;
const AWAY_MS = 120_000;
const MINUTE_MS = 60_000;
const HALVED_GAP_MS = 1_000;

/** A checkout arrives: limits, then everything that a purchase can meet. `inTime` says that the network did not hold it up. */
export function receiveCheckout(world: World, sent: Sent, inTime: boolean): Answer {
  const { supplier, nowMs } = world;
  const { productIds } = sent.dispatch;
  const newest = supplier.arrivals.checkouts[0];
  const exceeded = countArrival(supplier.arrivals, nowMs, productIds);
  const ours = inTime ? countArrival(supplier.inTime, nowMs, productIds) : null;
  if (ours) throw new Violation("limits", `a checkout for ${sent.dispatch.id} arrived ${ours}`);
  if (!inTime) count(world.tally.facts, "late arrivals");
  if (isAway(world)) return textAnswer(503, GATEWAY_PAGE);
  if (happens(world, "quota-halved")) supplier.halvedUntilMs = nowMs + MINUTE_MS;
  const beyondHalf = newest !== undefined && nowMs - newest < HALVED_GAP_MS && nowMs < supplier.halvedUntilMs;
  if (exceeded || beyondHalf || happens(world, "429")) return refuse(sent, tooMany(world.random.pick(PAUSE_SECONDS)));
  if (happens(world, "5xx-before")) return textAnswer(500, "");
  if (supplier.byRequestId.has(sent.requestId)) return refusal("OrderAlreadyExists");
  const reason = reasonAgainst(world, productIds);
  if (reason) return refuse(sent, refusal(reason));
  accept(world, sent);
  return happens(world, "5xx-after") ? textAnswer(502, GATEWAY_PAGE) : answerOf(200, sent.requestId);
}

/** A read arrives. */
export function receiveRead(world: World, requestId: string): Answer {
  if (isAway(world)) return textAnswer(503, GATEWAY_PAGE);
  if (happens(world, "429")) return tooMany(world.random.pick(PAUSE_SECONDS));
  if (happens(world, "5xx-before")) return textAnswer(503, GATEWAY_PAGE);
  const purchase = world.supplier.byRequestId.get(requestId);
  if (!purchase || world.nowMs < purchase.readableAtMs) return refusal("OrderNotFound");
  return answerOf(200, wireOrderOf(world, purchase));
}

function isAway(world: World): boolean {
  const { supplier, nowMs, random, faultsUntilMs } = world;
  if (nowMs < supplier.backAtMs) return true;
  if (!happens(world, "supplier-away")) return false;
  supplier.backAtMs = Math.min(nowMs + random.between(1, AWAY_MS), faultsUntilMs);
  return true;
}

/** Funds and stock run out, and stay out for a while. */
function reasonAgainst(world: World, productIds: readonly number[]): Reason | null {
  const { supplier, nowMs, random } = world;
  if (happens(world, "our-fault")) supplier.fundsAgainAtMs = shortUntil(world);
  if (nowMs < supplier.fundsAgainAtMs) return random.pick(OUR_REASONS);
  for (const productId of productIds) {
    if (happens(world, "out-of-stock")) supplier.stockAgainAtMs.set(productId, shortUntil(world));
    if (nowMs < (supplier.stockAgainAtMs.get(productId) ?? 0)) return random.pick(LINE_REASONS);
  }
  return null;
}

function shortUntil({ nowMs, faultsUntilMs, random }: World): number {
  return Math.min(nowMs + random.between(1, SHORT_MS), faultsUntilMs);
}

function refuse(sent: Sent, answer: Answer): Answer {
  sent.refused = true;
  return answer;
}

function accept(world: World, sent: Sent): void {
  const { supplier, nowMs, random } = world;
  const purchase: Purchase = {
    supplierOrderId: supplier.nextOrderId++,
    requestId: sent.requestId,
    dispatch: sent.dispatch,
    acceptedAtMs: nowMs,
    readableAtMs: happens(world, "read-lag") ? nowMs + random.between(1, LAG_MS) : nowMs,
    finalAtMs: nowMs + random.between(0, random.pick(happens(world, "slow-supplier") ? SLOW_MS : USUAL_MS)),
    items: [],
    sent,
  };
  purchase.items = itemsOf(world, sent);
  supplier.purchases.push(purchase);
  supplier.byRequestId.set(sent.requestId, purchase);
  owe(world, Math.max(purchase.finalAtMs, purchase.readableAtMs));
  count(world.tally.facts, "purchases");
  if (world.trace)
    world.trace(
      "supplier",
      `accepts ${sent.requestId}: order ${purchase.supplierOrderId}, over in ${purchase.finalAtMs - nowMs} ms${sent.refused ? " (a copy of a refused request)" : ""}`,
    );
  checkPurchase(world, purchase);
  scheduleCallbacks(world, purchase);
}

/** What will be sold is decided at once, so that invariants can speak of it before it is told. */
function itemsOf(world: World, { dispatch }: Sent): PurchaseItem[] {
  const none = happens(world, "order-failed");
  const some = !none && happens(world, "partial-failure");
  return dispatch.lines.map((dispatchLine) => {
    const bought = none ? 0 : some ? world.random.between(0, dispatchLine.quantity) : dispatchLine.quantity;
    const cards: SoldCard[] = [];
    for (let place = 0; place < dispatchLine.quantity; place++)
      cards.push(place < bought ? sell(world) : { id: world.supplier.nextCardId++, code: null });
    return { dispatchLine, cards, toldUnordered: false };
  });
}

function sell(world: World): SoldCard {
  const { supplier, random, tally } = world;
  count(tally.facts, "cards sold");
  const earlier =
    supplier.sold.length > 0 && happens(world, "duplicate-code")
      ? supplier.sold[random.between(0, supplier.sold.length - 1)]
      : undefined;
  const id = supplier.nextCardId++;
  // The same code under another card id, or the very same card.
  const card = earlier ? { id: random.chance(0.5) ? id : earlier.id, code: earlier.code } : { id, code: `CODE${id}` };
  supplier.sold.push(card);
  return card;
}
