import { wireTime } from "../clock";
import { type ApiCall, apiPath, type Endpoint } from "../http/endpoint";
import { json, type Reply } from "../http/reply";
import { fromUnits } from "../money/amount";
import { visibleCards } from "../orders/cards";
import { outcomeOf } from "../orders/outcome";
import { statusAt } from "../orders/plan";
import { rejection, rejectionBody } from "../orders/rejection";
import type { OrderItem, OrderRecord } from "../orders/types";
import type { Sandbox } from "../sandbox";

export const orderEndpoints: readonly Endpoint[] = [
  { name: "order", method: "GET", path: apiPath(1, "orders/([^/]+)"), answer: getOrder },
];

/** By RequestId, or by the numeric order id. */
function getOrder({ sandbox, params }: ApiCall): Reply {
  const { state } = sandbox.world;
  const wanted = (params[0] ?? "").toLowerCase();
  const order = state.orders.get(/^\d+$/.test(wanted) ? (state.orderIds.get(Number(wanted)) ?? "") : wanted);
  if (!order || sandbox.clock.now() < order.readableFromMs) {
    return json(sandbox.modes.notFoundStatus, rejectionBody(rejection("OrderNotFound"), sandbox.modes.errorForm));
  }
  return json(200, orderJson(sandbox, order));
}

function orderJson(sandbox: Sandbox, order: OrderRecord) {
  return {
    orderId: order.orderId,
    requestId: order.requestId,
    items: order.items.map((item) => itemJson(sandbox, order, item)),
    status: statusAt(order, sandbox.clock.now()),
    createdDate: wireTime(order.createdAtMs),
    total: fromUnits(order.settled?.total ?? 0),
    errorMessage: errorMessage(order),
    orderType: "Sandbox",
    currency: order.currency,
  };
}

function itemJson(sandbox: Sandbox, order: OrderRecord, item: OrderItem) {
  const { catalog, state } = sandbox.world;
  const product = catalog.product(item.productId);
  const brand = product && catalog.brandOf(product);
  const nowMs = sandbox.clock.now();
  return {
    brandCode: null,
    productId: item.productId,
    productFaceValue: fromUnits(item.face),
    quantity: item.quantity,
    pictureUrl: null,
    countryCode: brand?.countryCode ?? null,
    currencyCode: brand?.currencyCode ?? null,
    ...(sandbox.modes.itemStatus && { status: order.settled ? outcomeOf({ items: [item] }).status : statusAt(order, nowMs) }),
    cards: visibleCards(order, item, {
      nowMs,
      cardKey: state.cardKey,
      listFailed: sandbox.modes.failedCards === "listed",
      product,
    }),
  };
}

function errorMessage(order: OrderRecord): string | null {
  if (!order.settled || order.settled.status === "Succeeded") return null;
  const { sold, wanted } = outcomeOf(order);
  return `${wanted - sold} of ${wanted} cards could not be obtained.`;
}
