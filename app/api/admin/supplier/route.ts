import { answer, route } from "@/lib/http/route";
import { readSupplier } from "@/lib/supplier";
import { supplierSchema } from "@/lib/supplier/schemas";

/** GET /api/admin/supplier: what the supplier still allows, how it answers, and what waits for it, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx }) => answer(supplierSchema, await readSupplier(ctx)));
