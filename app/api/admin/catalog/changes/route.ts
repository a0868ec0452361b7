import { parseInput, queryOf } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";
import { listChanges } from "@/lib/refresh";
import { changesPage, changesQuery } from "@/lib/refresh/schemas";

/** GET /api/admin/catalog/changes: what reads changed in products, newest first, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(changesPage, await listChanges(ctx, parseInput(changesQuery, queryOf(request.url)))),
);
