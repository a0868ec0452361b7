import { listProducts } from "@/lib/catalog";
import { productsPage, productsQuery } from "@/lib/catalog/schemas";
import { parseInput, queryOf } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";

/** GET /api/v1/catalog/products: with the partner's price. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(productsPage, await listProducts(ctx, parseInput(productsQuery, queryOf(request.url)))),
);
