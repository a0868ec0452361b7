import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";

/** Every version that a partner's answers follow from moves, as a change of catalogue, rules and rates would have it: nothing kept can be used. */
export async function forgetFor(partnerId: string): Promise<void> {
  await db().execute(sql`with
    catalogue as (update catalog_state set version = version + 1),
    rates as (update rate_snapshots set last_seen_at = now() where id = (select id from rate_snapshots where status = 'used' order by created_at desc limit 1))
    update partners set settings_version = settings_version + 1 where id = ${partnerId}::uuid`);
}
