import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { type Metrics, metricsSchema } from "./schemas";

/** Points on the chart, whatever the window. */
const BUCKETS = 60;

/** Counts per bucket of the window, empty buckets included, oldest first. */
export async function readSeries(windowSeconds: number): Promise<Metrics["series"]> {
  const step = Math.round(windowSeconds / BUCKETS);
  const bucket = (column: string) => sql.raw(`date_bin(make_interval(secs => ${step}), ${column}, timestamptz 'epoch')`);
  const since = sql.raw(
    `date_bin(make_interval(secs => ${step}), now(), timestamptz 'epoch') - make_interval(secs => ${step * (BUCKETS - 1)})`,
  );
  const { rows } = await db().execute<{ at: Date | string }>(sql`
    with buckets as (select generate_series(${since}, ${bucket("now()")}, make_interval(secs => ${step})) as at),
    accepted as (select ${bucket("created_at")} as at, count(*)::int as n from orders where created_at >= ${since} group by 1),
    ended as (
      select ${bucket("settled_at")} as at, count(*)::int as n, count(*) filter (where status = 'failed')::int as failed
      from orders where settled_at >= ${since} group by 1),
    calls as (
      select ${bucket("created_at")} as at, count(*)::int as n, count(*) filter (where outcome in ('unknown', 'unclear', 'throttled'))::int as errors
      from supplier_calls where created_at >= ${since} group by 1)
    select b.at, coalesce(a.n, 0) as "orders", coalesce(e.n, 0) as "settled", coalesce(e.failed, 0) as "failed",
      coalesce(c.n, 0) as "supplierCalls", coalesce(c.errors, 0) as "supplierErrors"
    from buckets b left join accepted a using (at) left join ended e using (at) left join calls c using (at)
    order by b.at`);
  return metricsSchema.shape.series.parse(rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() })));
}
