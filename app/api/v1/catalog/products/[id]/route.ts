import { z } from "zod";
import { catalogMoment, catalogReader, getProduct } from "@/lib/catalog";
import { productDetailSchema } from "@/lib/catalog/schemas";
import { conditional } from "@/lib/http/etag";
import { parseInput } from "@/lib/http/parse";
import { answerText, route } from "@/lib/http/route";

const pathParams = z.object({ id: z.coerce.number().int().positive() });

/** GET /api/v1/catalog/products/{id}: one product with its texts. */
export const GET = route({ limit: "catalog", beside: () => catalogMoment() }, ({ ctx, request, params, beside }) => {
  const reader = catalogReader(ctx, beside);
  const { id } = parseInput(pathParams, params);
  return conditional(request, reader.tag, async () => answerText(productDetailSchema, await getProduct(reader, id)));
});
