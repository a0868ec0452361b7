import { desc, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { catalogRefreshes } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { REFRESHES_PER_HOUR } from "./begin-refresh";
import type { Refreshes } from "./schemas";

const SHOWN = 5;
const HOUR_MS = 3_600_000;

/** The latest reads of the whole catalogue, newest first, and how many of the hour's are left. */
export async function readRefreshes(ctx: Ctx): Promise<Refreshes> {
  requireStaffActor(ctx, "metrics.read");
  const rows = await db()
    .select({ row: catalogRefreshes, now: sql<Date>`now()`.mapWith(catalogRefreshes.startedAt) })
    .from(catalogRefreshes)
    .orderBy(desc(catalogRefreshes.startedAt))
    .limit(SHOWN);
  const startedMs = rows.flatMap(({ row, now }) =>
    now.getTime() - row.startedAt.getTime() < HOUR_MS ? [row.startedAt.getTime()] : [],
  );
  const blocking = startedMs[REFRESHES_PER_HOUR - 1];
  return {
    limitPerHour: REFRESHES_PER_HOUR,
    startedLastHour: startedMs.length,
    nextAllowedAt: blocking === undefined ? null : new Date(blocking + HOUR_MS).toISOString(),
    items: rows.map(({ row }) => ({
      id: row.id,
      trigger: row.trigger,
      status: row.status,
      startedAt: row.startedAt.toISOString(),
      tookMs: row.finishedAt ? row.finishedAt.getTime() - row.startedAt.getTime() : null,
      products: row.counts?.products ?? null,
      error: row.error,
    })),
  };
}
