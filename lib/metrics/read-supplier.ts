import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { type Metrics, metricsSchema } from "./schemas";

/** Calls to the supplier in the window, by endpoint. */
export async function readEndpoints(windowSeconds: number): Promise<Metrics["supplier"]["endpoints"]> {
  const { rows } = await db().execute<Record<string, unknown>>(sql`
    with recent as (select endpoint, outcome, duration_ms from supplier_calls where created_at > now() - make_interval(secs => ${windowSeconds})),
    outcomes as (select endpoint, outcome, count(*)::int as calls from recent group by endpoint, outcome)
    select endpoint, count(*)::int as "calls",
      (select json_agg(json_build_object('outcome', o.outcome, 'calls', o.calls) order by o.calls desc) from outcomes o where o.endpoint = r.endpoint) as "outcomes",
      percentile_cont(0.5) within group (order by duration_ms)::float as "p50Ms",
      percentile_cont(0.95) within group (order by duration_ms)::float as "p95Ms",
      count(*) filter (where outcome = 'throttled')::int as "throttled"
    from recent r group by endpoint order by endpoint`);
  return metricsSchema.shape.supplier.shape.endpoints.parse(rows);
}
