import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { ENDPOINTS, type Endpoint, readBreakers } from "@/lib/bamboo";
import { recordBreakerChange } from "./record-breaker-change";

/** Whoever saw the change writes it down at once; only what is missing after this long was lost. */
const GRACE_SECONDS = 30;

/**
 * Writes down the changes that nobody could: the cache lost its memory, the process that saw the change died, or the database was away.
 * Answers how many there were. Without it an alert, and the words on an order, would stay when the supplier is well again.
 */
export async function catchUpBreakers(): Promise<number> {
  const [last, breakers] = await Promise.all([lastChanges(), readBreakers(Date.now())]);
  let caughtUp = 0;
  for (const { endpoint, state, failures } of breakers) {
    const known = last.get(endpoint);
    const change = state === "closed" ? "closed" : "opened";
    if (change === (known?.change ?? "closed") || known?.fresh) continue;
    if (await recordBreakerChange(endpoint, change, failures)) caughtUp++;
  }
  return caughtUp;
}

async function lastChanges(): Promise<Map<string, { change: string; fresh: boolean }>> {
  const { rows } = await db().execute<{ endpoint: Endpoint; change: string; fresh: boolean }>(sql`
    select endpoint.value as endpoint, last.change, last.at > now() - make_interval(secs => ${GRACE_SECONDS}) as fresh
    from jsonb_array_elements_text(${JSON.stringify(ENDPOINTS)}::jsonb) endpoint
    cross join lateral (select change, at from breaker_changes c where c.endpoint = endpoint.value order by c.at desc, c.id desc limit 1) last`);
  return new Map(rows.map(({ endpoint, change, fresh }) => [endpoint, { change, fresh }]));
}
