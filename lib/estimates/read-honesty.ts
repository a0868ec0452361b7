import { sql } from "drizzle-orm";
import { z } from "zod";
import { db, type Executor } from "@/drizzle/client";

const honestySchema = z.object({
  settled: z.number().int(),
  within: z.number().int(),
  early: z.number().int(),
  late: z.number().int(),
  medianWidthMs: z.number().nullable(),
  medianWaitMs: z.number().nullable(),
});
export type Honesty = z.infer<typeof honestySchema>;

/**
 * How the orders accepted in the window fared against what their partners were told on acceptance. One still open past its interval counts as
 * settled late, or an order that hangs would flatter the figure; one that was cancelled, or was told nothing, does not count.
 */
export async function readHonesty(windowSeconds: number, executor: Executor = db()): Promise<Honesty> {
  const { rows } = await executor.execute<Record<string, unknown>>(sql`
    select count(*)::int as "settled",
      count(*) filter (where ended between estimated_from and estimated_by)::int as "within",
      count(*) filter (where ended < estimated_from)::int as "early",
      count(*) filter (where ended > estimated_by)::int as "late",
      percentile_cont(0.5) within group (order by extract(epoch from estimated_by - estimated_from) * 1000)::float as "medianWidthMs",
      percentile_cont(0.5) within group (order by extract(epoch from ended - created_at) * 1000)::float as "medianWaitMs"
    from (select created_at, estimated_from, estimated_by, coalesce(settled_at, now()) as ended from orders
      where created_at > now() - make_interval(secs => ${windowSeconds}) and estimated_by is not null and status <> 'cancelled'
        and (settled_at is not null or estimated_by < now())) told`);
  return honestySchema.parse(rows[0]);
}
