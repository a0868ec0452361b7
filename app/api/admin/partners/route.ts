import { answer, route } from "@/lib/http/route";
import { listPartners } from "@/lib/price-rules";
import { partnersSchema } from "@/lib/price-rules/schemas";

/** GET /api/admin/partners: whose prices and choice there are to edit, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx }) => answer(partnersSchema, await listPartners(ctx)));
