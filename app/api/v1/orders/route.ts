import { sendEvents } from "@/inngest/client";
import { idempotencyKeyOf } from "@/lib/http/idempotency-key";
import { parseInput, queryOf } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import { acceptanceFacts, listOrders, placeOrder } from "@/lib/orders";
import { ordersPage, ordersQuery, placeOrderInput } from "@/lib/orders/schemas";
import { relayOutbox } from "@/lib/outbox";

/** GET /api/v1/orders: newest first. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(ordersPage, await listOrders(ctx, parseInput(ordersQuery, queryOf(request.url)))),
);

/** POST /api/v1/orders: accepts an order; the same Idempotency-Key and body get the first answer again. */
export const POST = route(
  {
    limit: "order",
    prepare: async (request) => ({
      input: parseInput(placeOrderInput, await readJson(request)),
      key: idempotencyKeyOf(request.headers),
    }),
    beside: ({ input, key }) => acceptanceFacts(input, key),
    afterwards: () => relayOutbox(sendEvents),
  },
  async ({ ctx, prepared: { input, key }, beside }) => {
    const { status, body, replayed } = await placeOrder(ctx, input, key, beside);
    const headers = {
      "content-type": "application/json",
      "cache-control": "private, no-store",
      ...(replayed ? { "idempotent-replayed": "true" } : {}),
    };
    return new Response(body, { status, headers });
  },
);
