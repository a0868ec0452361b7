import { desc, eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { rateSnapshots } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { moveBasisPoints, RATES_STALE_MS } from "@/lib/pricing";
import { selectSnapshots, toSnapshot } from "./rate-rows";
import type { RatesView } from "./schemas";

const SHOWN = 20;

/** The exchange rates in use, how far each went since the list used before, and the latest lists with the reasons of the refused. */
export async function readRates(ctx: Ctx): Promise<RatesView> {
  requireStaffActor(ctx, "metrics.read");
  const newestFirst = desc(rateSnapshots.createdAt);
  const [[current, before], history] = await Promise.all([
    selectSnapshots(db()).where(eq(rateSnapshots.status, "used")).orderBy(newestFirst).limit(2),
    selectSnapshots(db()).orderBy(newestFirst, desc(rateSnapshots.id)).limit(SHOWN),
  ]);
  return {
    current: current ? { ...toSnapshot(current), ...inUse(current.row, before?.row) } : null,
    history: history.map(toSnapshot),
  };
}

type Row = typeof rateSnapshots.$inferSelect;

function inUse(now: Row, before: Row | undefined) {
  const last = before && { base: before.base, perBase: before.rates };
  const rates = Object.entries(now.rates).map(([currency, perBase]) => ({
    currency,
    perBase,
    moveBasisPoints: last ? moveBasisPoints(currency, { base: now.base, perBase: now.rates }, last) : null,
  }));
  return {
    rates: rates.sort((a, b) => a.currency.localeCompare(b.currency)),
    stale: Date.now() - now.lastSeenAt.getTime() > RATES_STALE_MS,
  };
}
