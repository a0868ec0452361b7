import { z } from "zod";
import { getProduct } from "@/lib/catalog";
import { productDetailSchema } from "@/lib/catalog/schemas";
import { parseInput } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";

const pathParams = z.object({ id: z.coerce.number().int().positive() });

/** GET /api/v1/catalog/products/{id}: one product with its texts. */
export const GET = route({ limit: "read" }, async ({ ctx, params }) =>
  answer(productDetailSchema, await getProduct(ctx, parseInput(pathParams, params).id)),
);
