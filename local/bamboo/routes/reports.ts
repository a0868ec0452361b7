import { z } from "zod";
import { wireDay } from "../clock";
import { type ApiCall, apiPath, type Endpoint } from "../http/endpoint";
import { json, problem, type Reply } from "../http/reply";
import { fromUnits, fromUnitsToCents } from "../money/amount";
import { chargeFor } from "../money/cost";
import { orderNumber } from "../orders/order-number";
import { statusAt } from "../orders/plan";
import { CLIENT_NAME, transactionJson } from "../orders/transaction";
import type { OrderItem, OrderRecord } from "../orders/types";
import type { Sandbox } from "../sandbox";

const DAY_MS = 86_400_000;
const rangeSchema = z.object({ startDate: z.iso.date(), endDate: z.iso.date() });

export const reportEndpoints: readonly Endpoint[] = [
  { name: "orders", method: "GET", path: apiPath(1, "orders"), answer: (call) => withRange(call, orderReport) },
  { name: "transactions", method: "GET", path: apiPath(1, "transactions"), answer: (call) => withRange(call, transactionReport) },
];

interface Range {
  startDate: string;
  endDate: string;
  startMs: number;
  endMs: number;
}

/** Both days (UTC) are in. */
function withRange(call: ApiCall, report: (sandbox: Sandbox, range: Range) => unknown): Reply {
  const parsed = rangeSchema.safeParse({ startDate: call.query("startDate"), endDate: call.query("endDate") });
  if (!parsed.success) {
    const errors = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join("."), [issue.message]]));
    return problem(400, "One or more validation errors occurred.", errors);
  }
  const { startDate, endDate } = parsed.data;
  const range = { startDate, endDate, startMs: Date.parse(startDate), endMs: Date.parse(endDate) + DAY_MS };
  return json(200, report(call.sandbox, range));
}

function orderReport(sandbox: Sandbox, { startMs, endMs }: Range): unknown {
  const orders = [...sandbox.world.state.orders.values()].filter(
    (order) => order.createdAtMs >= startMs && order.createdAtMs < endMs,
  );
  return orders.flatMap((order) => order.items.map((item) => reportRow(sandbox, order, item)));
}

function reportRow(sandbox: Sandbox, order: OrderRecord, item: OrderItem) {
  const { catalog } = sandbox.world;
  const product = catalog.product(item.productId);
  const total = order.settled ? chargeFor(item.cost, item.sold) : 0;
  return {
    clientName: CLIENT_NAME,
    orderNumber: orderNumber(order.orderId),
    orderDate: wireDay(order.createdAtMs),
    clientReferenceNumber: order.requestId,
    channel: "Sandbox",
    productName: product?.name ?? null,
    denomination: `${product ? catalog.brandOf(product).currencyCode : ""} ${fromUnits(item.face)}`,
    quantity: item.quantity,
    unitPrice: fromUnitsToCents(chargeFor(item.cost, 1)),
    subTotal: fromUnitsToCents(total),
    total: fromUnits(total),
    accountCurrency: order.currency,
    status: statusAt(order, sandbox.clock.now()),
  };
}

function transactionReport(sandbox: Sandbox, range: Range): unknown {
  const { charged, orders } = sandbox.world.state;
  const transactions = charged.flatMap((requestId) => {
    const order = orders.get(requestId);
    const inside = order?.settled && order.settled.atMs >= range.startMs && order.settled.atMs < range.endMs;
    return order?.settled && inside ? [transactionJson(sandbox, order, order.settled)] : [];
  });
  return {
    startDate: `${range.startDate}T00:00:00`,
    endDate: `${range.endDate}T23:59:59`,
    clients: [{ clientName: CLIENT_NAME, transactions }],
  };
}
