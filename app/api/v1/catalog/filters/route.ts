import { catalogMoment, catalogReader, listFilters } from "@/lib/catalog";
import { filtersSchema } from "@/lib/catalog/schemas";
import { conditional } from "@/lib/http/etag";
import { answerText, route } from "@/lib/http/route";

/** GET /api/v1/catalog/filters: the values that filters may take. */
export const GET = route({ limit: "catalog", beside: () => catalogMoment() }, ({ ctx, request, beside }) => {
  const reader = catalogReader(ctx, beside);
  return conditional(request, reader.tag, async () => answerText(filtersSchema, await listFilters(reader)));
});
