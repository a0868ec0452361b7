import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { newId } from "@/lib/ids";
import { whatIsOld } from "./freshness";

/** At most two full reads an hour, whatever anyone asks for. Counted here, so that it survives anything. */
export const REFRESHES_PER_HOUR = 2;
/** A reader that says nothing for this long has died. */
const ABANDONED_MINUTES = 10;

export type BeganRefresh = { kind: "began"; refreshId: string } | { kind: "not_now"; nextAllowedAt: string | null };

/** Takes one of the hour's refreshes, unless they are used up or one is running. Two callers at once: one gets it. */
export async function beginRefresh(trigger: "schedule" | "webhook" | "admin" | "start"): Promise<BeganRefresh> {
  // A restart is no reason to read again what is fresh.
  if (trigger === "start" && !(await whatIsOld()).catalog) return { kind: "not_now", nextAllowedAt: null };
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('catalog-refresh', 0))`);
    await tx.execute(sql`
      update catalog_refreshes set status = 'failed', error = 'The reader stopped without an end', finished_at = now()
      where status = 'running' and started_at < now() - make_interval(mins => ${ABANDONED_MINUTES})`);
    const { rows } = await tx.execute<{ id: string }>(sql`
      insert into catalog_refreshes (id, trigger, status)
      select ${newId()}::uuid, ${trigger}, 'running'
      where not exists (select from catalog_refreshes where status = 'running')
        and (select count(*) from catalog_refreshes where started_at > now() - interval '1 hour') < ${REFRESHES_PER_HOUR}
      returning id`);
    const [began] = rows;
    if (began) return { kind: "began", refreshId: began.id };
    const next = await tx.execute<{ next: Date | string | null }>(sql`
      select min(started_at) + interval '1 hour' as next from (select started_at from catalog_refreshes order by started_at desc limit ${REFRESHES_PER_HOUR}) latest`);
    const at = next.rows[0]?.next;
    return { kind: "not_now", nextAllowedAt: at ? new Date(at).toISOString() : null };
  });
}
