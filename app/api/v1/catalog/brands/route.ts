import { catalogMoment, catalogReader, listBrands } from "@/lib/catalog";
import { brandsPage, brandsQuery } from "@/lib/catalog/schemas";
import { conditional } from "@/lib/http/etag";
import { parseInput, queryOf } from "@/lib/http/parse";
import { answerText, route } from "@/lib/http/route";

/** GET /api/v1/catalog/brands: those with a product that fits, and what the partner would pay. */
export const GET = route(
  {
    limit: "catalog",
    prepare: async ({ url }) => parseInput(brandsQuery, queryOf(url)),
    beside: ({ search }) => catalogMoment(search),
  },
  ({ ctx, request, prepared, beside }) => {
    const reader = catalogReader(ctx, beside);
    return conditional(request, reader.tag, async () => answerText(brandsPage, await listBrands(reader, prepared)));
  },
);
