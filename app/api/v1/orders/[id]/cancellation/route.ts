import { sendEvents } from "@/inngest/client";
import { answer, route } from "@/lib/http/route";
import { cancelOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { relayOutbox } from "@/lib/outbox";

/** POST /api/v1/orders/{id}/cancellation: free until the order leaves the queue. */
export const POST = route({ limit: "order", afterwards: () => relayOutbox(sendEvents) }, async ({ ctx, params }) =>
  answer(orderAcceptedSchema, await cancelOrder(ctx, params.id ?? "")),
);
