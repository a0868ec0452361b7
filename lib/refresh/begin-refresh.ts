import { sql } from "drizzle-orm";
import { db, type Executor } from "@/drizzle/client";
import { REFRESHES_PER_HOUR } from "@/lib/catalog";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { isBeingRead } from "./abandoned";
import { endAbandoned } from "./end-abandoned";
import { whatIsOld } from "./freshness";
import type { REFRESH_TRIGGERS } from "./schemas";

export type RefreshTrigger = (typeof REFRESH_TRIGGERS)[number];
export type BeganRefresh =
  | { kind: "began"; refreshId: string; source: "v1" | "v2" }
  /** `waitMs` until the hour allows another; null where one runs, or none is needed. */
  | { kind: "not_now"; nextAllowedAt: string | null; waitMs: number | null };

/**
 * Takes one of the hour's refreshes, unless they are used up or one is running: the only way in. Two callers at once: one gets it.
 * `acceptShrink` as an admin said it: a read that lists less than half of what was there is believed.
 */
export async function beginRefresh(
  trigger: RefreshTrigger,
  source = env().BAMBOO_CATALOG,
  acceptShrink = false,
): Promise<BeganRefresh> {
  await endAbandoned();
  // A restart is no reason to read again what is fresh.
  if (trigger === "start" && !(await whatIsOld()).catalog) return { kind: "not_now", nextAllowedAt: null, waitMs: null };
  // Most who ask may not, and need no lock to be told.
  const refused = await refusal(db());
  if (refused) return refused;
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('catalog-refresh', 0))`);
    const { rows } = await tx.execute<{ id: string }>(sql`
      insert into catalog_refreshes (id, trigger, status, source, accept_shrink)
      select ${newId()}::uuid, ${trigger}, 'running', ${source}, ${acceptShrink}::boolean
      where not exists (select from catalog_refreshes where status = 'running')
        and (select count(*) from catalog_refreshes where started_at > now() - interval '1 hour') < ${REFRESHES_PER_HOUR}
      returning id`);
    const [began] = rows;
    if (began) return { kind: "began", refreshId: began.id, source };
    return (await refusal(tx)) ?? { kind: "not_now", nextAllowedAt: null, waitMs: null };
  });
}

async function refusal(executor: Executor): Promise<Extract<BeganRefresh, { kind: "not_now" }> | null> {
  const { rows } = await executor.execute<{ at: Date | string | null; wait_ms: string | null; running: boolean }>(sql`
    select at, extract(epoch from at - clock_timestamp()) * 1000 as wait_ms,
      exists (select from catalog_refreshes where ${isBeingRead()}) as running
    from (select) one left join (
      select started_at + interval '1 hour' as at from catalog_refreshes where started_at > now() - interval '1 hour'
      order by started_at desc offset ${REFRESHES_PER_HOUR - 1} limit 1) blocking on true`);
  const { at = null, wait_ms = null, running = false } = rows[0] ?? {};
  if (at === null && !running) return null;
  return {
    kind: "not_now",
    nextAllowedAt: at === null ? null : new Date(at).toISOString(),
    waitMs: running || wait_ms === null ? null : Math.max(Math.ceil(Number(wait_ms)), 1),
  };
}
