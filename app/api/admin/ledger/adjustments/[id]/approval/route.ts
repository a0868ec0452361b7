import { answer, route } from "@/lib/http/route";
import { approveAdjustment } from "@/lib/wallet";
import { adjustmentSchema } from "@/lib/wallet/ledger.schemas";

/** POST /api/admin/ledger/adjustments/{id}/approval: the second admin's yes. */
export const POST = route({ limit: "order" }, async ({ ctx, params }) =>
  answer(adjustmentSchema, await approveAdjustment(ctx, params.id ?? "")),
);
