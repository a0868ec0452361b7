import { and, eq, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { catalogRefreshes } from "@/drizzle/schema";

/** A read that lists less than this share of what was there is taken for truncated, not for withdrawals. */
const TRUNCATED_BELOW = 0.5;

export interface RefreshCounts {
  brands: number;
  products: number;
}

/** Marks what the read no longer listed as withdrawn, and closes the refresh. Throws on a read too short to be true. */
export async function completeRefresh(refreshId: string, counts: RefreshCounts): Promise<{ withdrawn: number }> {
  return db().transaction(async (tx) => {
    const { rows } = await tx.execute<{ live: number }>(
      sql`select count(*)::int as live from products where withdrawn_at is null`,
    );
    const live = rows[0]?.live ?? 0;
    if (counts.products < live * TRUNCATED_BELOW)
      throw new Error(
        `The catalogue listed ${counts.products} products where ${live} were known; it looks truncated, and the last good one is kept.`,
      );
    const gone = await tx.execute(sql`
      update products set withdrawn_at = now()
      where withdrawn_at is null and refreshed_at < (select started_at from catalog_refreshes where id = ${refreshId})`);
    const withdrawn = gone.rowCount ?? 0;
    await tx
      .update(catalogRefreshes)
      .set({ status: "completed", finishedAt: sql`now()`, counts: { ...counts, written: counts.products, withdrawn } })
      .where(and(eq(catalogRefreshes.id, refreshId), eq(catalogRefreshes.status, "running")));
    return { withdrawn };
  });
}

/** Keeps what was there and says why nothing new came. */
export async function failRefresh(refreshId: string, reason: string): Promise<void> {
  await db()
    .update(catalogRefreshes)
    .set({ status: "failed", finishedAt: sql`now()`, error: reason.slice(0, 500) })
    .where(and(eq(catalogRefreshes.id, refreshId), eq(catalogRefreshes.status, "running")));
}
