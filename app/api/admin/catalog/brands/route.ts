import { listStaffBrands } from "@/lib/availability";
import { brandsQuery, staffBrandsPage } from "@/lib/availability/schemas";
import { parseInput, queryOf } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";

/** GET /api/admin/catalog/brands: brands with what waits of each, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(staffBrandsPage, await listStaffBrands(ctx, parseInput(brandsQuery, queryOf(request.url)))),
);
