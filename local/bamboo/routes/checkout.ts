import { type ApiCall, apiPath, type Endpoint } from "../http/endpoint";
import { json, problem, type Reply, text } from "../http/reply";
import { acceptOrder } from "../orders/accept";
import { parseCheckout } from "../orders/checkout-body";
import { orderNumber } from "../orders/order-number";
import { outcomeOf } from "../orders/outcome";
import { rejectionBody } from "../orders/rejection";
import type { OrderRecord } from "../orders/types";

export const checkoutEndpoints: readonly Endpoint[] = [
  { name: "checkout", method: "POST", path: apiPath(1, "orders/checkout"), answer: (call) => checkout(call, 1) },
  { name: "checkout-v2", method: "POST", path: apiPath(2, "orders/checkout"), answer: (call) => checkout(call, 2) },
];

function checkout(call: ApiCall, version: 1 | 2): Reply {
  const { sandbox } = call;
  const body = parseCheckout(call.body, version);
  if ("errors" in body) return problem(400, "One or more validation errors occurred.", body.errors);
  const order = acceptOrder(sandbox, body, call.acts, sandbox.clock.now());
  if (!("code" in order)) return version === 1 ? acceptedV1(call, order) : acceptedV2(order);
  if (order.code === "OrderAlreadyExists") sandbox.stats.duplicates += 1;
  return json(400, rejectionBody(order, sandbox.modes.errorForm));
}

/** A bare JSON string unless the mode says otherwise. */
function acceptedV1({ sandbox }: ApiCall, { requestId }: OrderRecord): Reply {
  if (sandbox.modes.checkoutReply === "bare") return text(200, requestId);
  return json(200, sandbox.modes.checkoutReply === "object" ? { requestId } : requestId);
}

function acceptedV2(order: OrderRecord): Reply {
  return json(200, {
    requestId: order.requestId,
    orderNumber: orderNumber(order.orderId),
    status: "Created",
    currencyCode: order.currency,
    totalCards: outcomeOf(order).wanted,
  });
}
