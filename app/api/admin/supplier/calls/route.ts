import { parseInput, queryOf } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";
import { listCalls } from "@/lib/supplier";
import { supplierCallsPage, supplierCallsQuery } from "@/lib/supplier/schemas";

/** GET /api/admin/supplier/calls: every call to the supplier, newest first, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(supplierCallsPage, await listCalls(ctx, parseInput(supplierCallsQuery, queryOf(request.url)))),
);
