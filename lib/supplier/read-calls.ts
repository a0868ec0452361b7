import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { BreakerChangeView, SupplierEndpointView } from "./schemas";

const MAX_CHANGES = 50;

type CallFigures = Pick<SupplierEndpointView, "calls" | "outcomes" | "throttled" | "p50Ms" | "p95Ms">;

/** The calls of the last hour by endpoint: some ten thousand at most, as the budgets allow no more. */
export async function readHour(): Promise<Map<string, CallFigures>> {
  const { rows } = await db().execute<CallFigures & { endpoint: string }>(sql`
    with recent as (select endpoint, outcome, duration_ms from supplier_calls where created_at > now() - interval '1 hour'),
    outcomes as (select endpoint, outcome, count(*)::int as calls from recent group by endpoint, outcome)
    select endpoint, count(*)::int as calls,
      (select json_agg(json_build_object('outcome', o.outcome, 'calls', o.calls) order by o.calls desc) from outcomes o where o.endpoint = r.endpoint) as outcomes,
      percentile_cont(0.5) within group (order by duration_ms)::float as "p50Ms",
      percentile_cont(0.95) within group (order by duration_ms)::float as "p95Ms",
      count(*) filter (where outcome = 'throttled')::int as throttled
    from recent r group by endpoint`);
  return new Map(rows.map(({ endpoint, ...figures }) => [endpoint, figures]));
}

/** The last of the two answers that pause an endpoint, for each that had one. */
export async function readPauseReasons(endpoints: readonly string[]): Promise<Map<string, "throttled" | "refused">> {
  if (endpoints.length === 0) return new Map();
  const { rows } = await db().execute<{ endpoint: string; throttled: boolean }>(sql`
    select e.value as endpoint, last.outcome = 'throttled' as throttled
    from jsonb_array_elements_text(${JSON.stringify(endpoints)}::jsonb) e
    cross join lateral (
      select * from (
        (select id, outcome from supplier_calls c where c.endpoint = e.value and c.outcome = 'throttled' order by id desc limit 1)
        union all (select id, outcome from supplier_calls c where c.endpoint = e.value and c.outcome = 'rejected' order by id desc limit 1)
      ) both_kinds order by id desc limit 1) last`);
  return new Map(rows.map(({ endpoint, throttled }) => [endpoint, throttled ? "throttled" : "refused"]));
}

/** The latest changes of all breakers, newest first. */
export async function readChanges(): Promise<BreakerChangeView[]> {
  const { rows } = await db().execute<Omit<BreakerChangeView, "at"> & { at: Date | string }>(sql`
    select c.id, c.endpoint, c.change, c.failures, c.at,
      case when c.change = 'closed' then extract(epoch from c.at - opened.at)::float * 1000 end as "openForMs"
    from (select * from breaker_changes order by id desc limit ${MAX_CHANGES}) c
    left join lateral (
      select b.at, b.change from breaker_changes b where b.endpoint = c.endpoint and (b.at, b.id) < (c.at, c.id)
      order by b.at desc, b.id desc limit 1) opened on opened.change = 'opened'
    order by c.id desc`);
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}
