import { listStuck } from "@/lib/dispatch";
import { stuckPage, stuckQuery } from "@/lib/dispatch/stuck.schemas";
import { parseInput, queryOf } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";

/** GET /api/admin/stuck: purchases in doubt, longest first, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(stuckPage, await listStuck(ctx, parseInput(stuckQuery, queryOf(request.url)))),
);
