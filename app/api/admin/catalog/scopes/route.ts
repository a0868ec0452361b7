import { listScopes } from "@/lib/availability";
import { scopesQuery, scopesSchema } from "@/lib/availability/scope.schemas";
import { parseInput, queryOf } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";

/** GET /api/admin/catalog/scopes: products or categories to choose from, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(scopesSchema, await listScopes(ctx, parseInput(scopesQuery, queryOf(request.url)))),
);
