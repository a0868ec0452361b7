import { listFilters } from "@/lib/catalog";
import { filtersSchema } from "@/lib/catalog/schemas";
import { answer, route } from "@/lib/http/route";

/** GET /api/v1/catalog/filters: the values that filters may take. */
export const GET = route({ limit: "read" }, async ({ ctx }) => answer(filtersSchema, await listFilters(ctx)));
