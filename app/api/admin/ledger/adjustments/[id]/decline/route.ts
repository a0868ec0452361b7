import { answer, route } from "@/lib/http/route";
import { declineAdjustment } from "@/lib/wallet";
import { adjustmentSchema } from "@/lib/wallet/ledger.schemas";

/** POST /api/admin/ledger/adjustments/{id}/decline: moves nothing, and ends it. */
export const POST = route({ limit: "order" }, async ({ ctx, params }) =>
  answer(adjustmentSchema, await declineAdjustment(ctx, params.id ?? "")),
);
