import { sendEvents } from "@/inngest/client";
import { idempotencyKeyOf } from "@/lib/http/idempotency-key";
import { parseInput, queryOf } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import { listOrders, placeOrder } from "@/lib/orders";
import { ordersPage, ordersQuery, placeOrderInput } from "@/lib/orders/schemas";
import { relayOutbox } from "@/lib/outbox";

/** GET /api/v1/orders: newest first. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(ordersPage, await listOrders(ctx, parseInput(ordersQuery, queryOf(request.url)))),
);

/** POST /api/v1/orders: accepts an order; the same Idempotency-Key and body get the first answer again. */
export const POST = route({ limit: "order", afterwards: () => relayOutbox(sendEvents) }, async ({ ctx, request }) => {
  const input = parseInput(placeOrderInput, await readJson(request));
  const { status, body, replayed } = await placeOrder(ctx, input, idempotencyKeyOf(request.headers));
  const headers = {
    "content-type": "application/json",
    "cache-control": "private, no-store",
    ...(replayed ? { "idempotent-replayed": "true" } : {}),
  };
  return new Response(body, { status, headers });
});
