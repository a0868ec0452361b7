import { catalogMoment, catalogReader, listProducts } from "@/lib/catalog";
import { productsPage, productsQuery } from "@/lib/catalog/schemas";
import { conditional } from "@/lib/http/etag";
import { parseInput, queryOf } from "@/lib/http/parse";
import { answerText, route } from "@/lib/http/route";

/** GET /api/v1/catalog/products: with the partner's price. */
export const GET = route(
  {
    limit: "catalog",
    prepare: async ({ url }) => parseInput(productsQuery, queryOf(url)),
    beside: ({ search }) => catalogMoment(search),
  },
  ({ ctx, request, prepared, beside }) => {
    const reader = catalogReader(ctx, beside);
    return conditional(request, reader.tag, async () => answerText(productsPage, await listProducts(reader, prepared)));
  },
);
