import { parseInput, queryOf } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";
import { readMetrics } from "@/lib/metrics";
import { metricsQuery, metricsSchema } from "@/lib/metrics/schemas";

/** GET /api/admin/metrics: the whole machine in one answer, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(metricsSchema, await readMetrics(ctx, parseInput(metricsQuery, queryOf(request.url)).window)),
);
