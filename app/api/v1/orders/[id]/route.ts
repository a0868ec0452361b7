import { answer, route } from "@/lib/http/route";
import { getOrder } from "@/lib/orders";
import { orderSchema } from "@/lib/orders/schemas";

/** GET /api/v1/orders/{id}: one order with its lines, timeline and masked cards. */
export const GET = route({ limit: "read" }, async ({ ctx, params }) => answer(orderSchema, await getOrder(ctx, params.id ?? "")));
