import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { supplierCalls } from "@/drizzle/schema";
import { type CallRecord, createSupplier, ENDPOINTS, type Endpoint, type PastCall, type Supplier } from "@/lib/bamboo";
import { recordBreakerChange } from "./record-breaker-change";

/** After it an attempt without an end is that of a process that died. */
const LONGEST_ATTEMPT_SECONDS = 60;
const MAX_PAST_CALLS = 2_000;

let instance: Supplier | undefined;

/** The supplier with every call measured here, once, for the dashboard and for the budgets' memory. */
export function supplier(): Supplier {
  instance ??= createSupplier({ record, pastCalls, breakerChanged: recordBreakerChange });
  return instance;
}

async function record({ endpoint, outcome, httpStatus, durationMs, dispatchId, productIds }: CallRecord): Promise<void> {
  await db()
    .insert(supplierCalls)
    .values({
      endpoint,
      outcome,
      httpStatus,
      durationMs,
      dispatchId: dispatchId ?? null,
      productIds: productIds ? [...productIds] : null,
    });
}

/**
 * Checkouts come from the attempts, which are written before they are sent; the rest from the calls that ended. An attempt may have waited
 * for its turn long after it was written, so it counts from its end, and one without an end as if it left now.
 */
async function pastCalls(withinMs: number): Promise<PastCall[]> {
  const memorySeconds = withinMs / 1_000;
  const { rows } = await db().execute<{ endpoint: string; product_ids: number[] | null; age_ms: string }>(sql`
    select 'placeOrder' as endpoint, array_agg(distinct l.product_id) as product_ids, extract(epoch from now() - coalesce(a.finished_at, now())) * 1000 as age_ms
      from attempts a join dispatch_lines l on l.dispatch_id = a.dispatch_id
      where a.started_at > now() - make_interval(secs => ${memorySeconds + LONGEST_ATTEMPT_SECONDS})
        and coalesce(a.finished_at, now()) > now() - make_interval(secs => ${memorySeconds})
      group by a.id
    union all
    select endpoint, null, extract(epoch from now() - created_at) * 1000
      from supplier_calls
      where created_at > now() - make_interval(secs => ${memorySeconds}) and endpoint <> 'placeOrder'
    order by age_ms limit ${MAX_PAST_CALLS}`);
  return rows.flatMap((row) => {
    const endpoint = ENDPOINTS.find((known): known is Endpoint => known === row.endpoint);
    return endpoint ? [{ endpoint, productIds: (row.product_ids ?? []).map(Number), ageMs: Number(row.age_ms) }] : [];
  });
}
