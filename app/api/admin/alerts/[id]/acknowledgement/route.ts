import { acknowledgeAlert } from "@/lib/alerts";
import { alertSchema } from "@/lib/alerts/schemas";
import { answer, route } from "@/lib/http/route";

/** POST /api/admin/alerts/{id}/acknowledgement: an admin has seen it. A second time changes nothing. */
export const POST = route({ limit: "order" }, async ({ ctx, params }) =>
  answer(alertSchema, await acknowledgeAlert(ctx, params.id ?? "")),
);
