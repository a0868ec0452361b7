import { z } from "zod";
import { catalogMoment, catalogReader, getBrand } from "@/lib/catalog";
import { brandDetailSchema, brandIdSchema } from "@/lib/catalog/schemas";
import { conditional } from "@/lib/http/etag";
import { parseInput } from "@/lib/http/parse";
import { answerText, route } from "@/lib/http/route";

const pathParams = z.object({ id: brandIdSchema });

/** GET /api/v1/catalog/brands/{id}: one brand with its texts and denominations. */
export const GET = route({ limit: "catalog", beside: () => catalogMoment() }, ({ ctx, request, params, beside }) => {
  const reader = catalogReader(ctx, beside);
  const { id } = parseInput(pathParams, params);
  return conditional(request, reader.tag, async () => answerText(brandDetailSchema, await getBrand(reader, id)));
});
