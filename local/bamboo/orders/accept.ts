import type { Act } from "../faults/acts";
import { magicOf } from "../magic";
import { toUnits } from "../money/amount";
import { planPushes } from "../push/plan";
import { hashedFraction } from "../random";
import type { Sandbox } from "../sandbox";
import { type CheckedOrder, checkOrder } from "./check";
import type { CheckoutBody } from "./checkout-body";
import { type LinePlan, planLine } from "./plan";
import type { Rejection } from "./rejection";
import { scheduleSettlement, settleOrder } from "./settle";
import type { OrderItem, OrderRecord } from "./types";

/**
 * Checks an order, writes it down and reserves its charge. `acts` are the faults set for this call; those of the magic
 * products are added line by line. The times of the order count from `atMs`.
 */
export function acceptOrder(sandbox: Sandbox, body: CheckoutBody, acts: readonly Act[], atMs: number): OrderRecord | Rejection {
  const moved = movedPrices(sandbox, body, acts);
  const checked = checkOrder(sandbox.world, body, (product) => ({ ...product, ...moved.get(product.id) }));
  if ("code" in checked) return checked;
  for (const [id, change] of moved) sandbox.record({ t: "product", id, change, atMs });
  const order = buildOrder(sandbox, body, checked, acts, atMs);
  const pushes = planPushes(sandbox, order, "accepted");
  sandbox.record({ t: "accepted", order, pushes });
  sandbox.pushes.schedule(pushes);
  if (moved.size > 0) sandbox.pushes.announceProducts([...moved.keys()]);
  if (order.finalAtMs <= atMs) settleOrder(sandbox, order.requestId);
  else scheduleSettlement(sandbox, order);
  return order;
}

/** All faults that concern an order: those of the call first, then those of its magic products. */
export function actsOf(productIds: readonly number[], acts: readonly Act[]): Act[] {
  return [...acts, ...productIds.flatMap((id) => magicOf(id)?.acts ?? [])];
}

function buildOrder(
  sandbox: Sandbox,
  body: CheckoutBody,
  checked: CheckedOrder,
  acts: readonly Act[],
  atMs: number,
): OrderRecord {
  const { state } = sandbox.world;
  const plans = checked.lines.map((line) => planFor(sandbox, body.requestid, line.product.id, line.quantity, acts));
  const finalAtMs = atMs + Math.max(...plans.map((plan) => plan.finalAfterMs));
  let nextCardId = state.nextCardId;
  const items = checked.lines.map((line, index) => {
    const item = buildItem(line, plans[index], { firstCardId: nextCardId, atMs, finalAtMs, acts });
    nextCardId += line.quantity;
    return item;
  });
  const all = actsOf(
    items.map((item) => item.productId),
    acts,
  );
  const lag = all.find((act) => act.kind === "readLag");
  const callback = all.find((act) => act.kind === "callback");
  return {
    orderId: state.nextOrderId,
    requestId: body.requestid,
    accountId: checked.account.id,
    currency: checked.account.currency,
    createdAtMs: atMs,
    items,
    statusPath: plans.flatMap((plan) => plan.statuses).sort((left, right) => left.afterMs - right.afterMs),
    finalAtMs,
    readableFromMs: atMs + (lag?.lagMs ?? 0),
    reserved: checked.charge,
    callback: callback ? { mode: callback.mode, delayMs: callback.delayMs ?? null } : null,
    webhook: all.find((act) => act.kind === "webhook")?.mode ?? null,
    settled: null,
  };
}

function planFor(sandbox: Sandbox, requestId: string, productId: number, quantity: number, acts: readonly Act[]): LinePlan {
  const { orderMinMs, orderMaxMs } = sandbox.modes;
  const ordinaryMs = orderMinMs + hashedFraction(sandbox.seed, requestId.toLowerCase()) * Math.max(0, orderMaxMs - orderMinMs);
  const script = actsOf([productId], acts).find((act) => act.kind === "script");
  return planLine(script?.script, quantity, Math.round(ordinaryMs));
}

interface ItemTimes {
  firstCardId: number;
  atMs: number;
  finalAtMs: number;
  acts: readonly Act[];
}

function buildItem(line: CheckedOrder["lines"][number], plan: LinePlan | undefined, times: ItemTimes): OrderItem {
  const acts = actsOf([line.product.id], times.acts);
  const after = (base: number, ms: number | null | undefined) => (ms == null ? null : base + ms);
  return {
    productId: line.product.id,
    face: line.face,
    quantity: line.quantity,
    cost: line.cost,
    rate: line.rate,
    firstCardId: times.firstCardId,
    sold: plan?.sold ?? line.quantity,
    pausedFromMs: after(times.atMs, plan?.pausedAfterMs),
    trickleMs: plan?.trickleMs ?? null,
    hiddenUntilMs: after(times.finalAtMs, plan?.hiddenAfterFinalMs),
    duplicateCode: acts.some((act) => act.kind === "duplicateCode"),
  };
}

/** The next price of each product whose price moves with every order. */
function movedPrices(
  sandbox: Sandbox,
  body: CheckoutBody,
  acts: readonly Act[],
): Map<number, { priceMin: number; priceMax: number }> {
  const moved = new Map<number, { priceMin: number; priceMax: number }>();
  for (const { productid } of body.products) {
    const product = productid === undefined ? undefined : sandbox.world.catalog.product(productid);
    const act = product && actsOf([product.id], acts).find((entry) => entry.kind === "priceMoves");
    if (!product || !act) continue;
    const prices = act.prices.map((price) => toUnits(price) ?? product.priceMin);
    const next = prices[(prices.indexOf(product.priceMin) + 1) % prices.length] ?? product.priceMin;
    moved.set(product.id, { priceMin: next, priceMax: next });
  }
  return moved;
}
