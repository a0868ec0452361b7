import { listAlerts } from "@/lib/alerts";
import { alertsPage, alertsQuery } from "@/lib/alerts/schemas";
import { parseInput, queryOf } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";

/** GET /api/admin/alerts: open ones first, then newest first, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(alertsPage, await listAlerts(ctx, parseInput(alertsQuery, queryOf(request.url)))),
);
