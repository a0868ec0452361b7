import { z } from "zod";
import { catalogMoment, catalogReader, getPrice } from "@/lib/catalog";
import { priceQuery, priceSchema } from "@/lib/catalog/schemas";
import { conditional } from "@/lib/http/etag";
import { parseInput, queryOf } from "@/lib/http/parse";
import { answerText, route } from "@/lib/http/route";

const pathParams = z.object({ id: z.coerce.number().int().positive() });

/** GET /api/v1/catalog/products/{id}/price: what an order of it would cost now. */
export const GET = route(
  {
    limit: "catalog",
    prepare: async ({ url }) => parseInput(priceQuery, queryOf(url)),
    beside: () => catalogMoment(),
  },
  ({ ctx, request, params, prepared, beside }) => {
    const reader = catalogReader(ctx, beside);
    const { id } = parseInput(pathParams, params);
    return conditional(request, reader.tag, async () => answerText(priceSchema, await getPrice(reader, id, prepared)));
  },
);
