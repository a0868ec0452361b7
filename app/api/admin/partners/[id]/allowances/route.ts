import { readAllowances, setAllowances } from "@/lib/availability";
import { allowancesInput, allowancesSchema } from "@/lib/availability/schemas";
import { parseInput } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";

/** GET /api/admin/partners/{id}/allowances: what a partner may see and order, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx, params }) =>
  answer(allowancesSchema, await readAllowances(ctx, params.id ?? "")),
);

/** PUT /api/admin/partners/{id}/allowances: says it anew, as a whole. */
export const PUT = route({ limit: "order" }, async ({ ctx, request, params }) =>
  answer(allowancesSchema, await setAllowances(ctx, params.id ?? "", parseInput(allowancesInput, await readJson(request)))),
);
