import { readRefreshes } from "@/lib/catalog";
import { refreshesSchema } from "@/lib/catalog/schemas";
import { answer, route } from "@/lib/http/route";

/** GET /api/admin/supplier/refreshes: the latest reads of the whole catalogue, and when the next is allowed, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx }) => answer(refreshesSchema, await readRefreshes(ctx)));
