import { answer, route } from "@/lib/http/route";
import { acceptRates } from "@/lib/refresh";
import { rateSnapshotSchema } from "@/lib/refresh/schemas";

/** POST /api/admin/catalog/rates/{id}/acceptance: an admin puts a refused list in use. A second time changes nothing. */
export const POST = route({ limit: "order" }, async ({ ctx, params }) =>
  answer(rateSnapshotSchema, await acceptRates(ctx, params.id ?? "")),
);
