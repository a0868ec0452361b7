import { getStuck } from "@/lib/dispatch";
import { stuckDetailSchema } from "@/lib/dispatch/stuck.schemas";
import { answer, route } from "@/lib/http/route";

/** GET /api/admin/stuck/{id}: the evidence of one purchase, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx, params }) =>
  answer(stuckDetailSchema, await getStuck(ctx, params.id ?? "")),
);
