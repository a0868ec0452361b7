import { asc, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { reportedPurchases } from "@/drizzle/schema";

/** Bought at the supplier, and no order here is about it. */
export type ForgottenPurchase = typeof reportedPurchases.$inferSelect;

/** `total` is decimal text to four places, in the currency of the account that paid. */
export interface ForgottenSum {
  currency: string;
  purchases: number;
  cards: number;
  total: string;
}

export const MAX_LISTED = 1_000;

const isForgotten = sql`not exists (select from dispatches d where d.id = ${reportedPurchases.requestId})`;

/** What nobody has asked for again, oldest first, up to a bound. Each is gone from the list when its order comes back. */
export async function listForgottenPurchases(limit: number = MAX_LISTED): Promise<ForgottenPurchase[]> {
  return db()
    .select()
    .from(reportedPurchases)
    .where(isForgotten)
    .orderBy(asc(reportedPurchases.orderedOn), asc(reportedPurchases.orderNumber))
    .limit(Math.min(limit, MAX_LISTED));
}

/** What all of them come to. */
export async function sumForgottenPurchases(): Promise<ForgottenSum[]> {
  return db()
    .select({
      currency: reportedPurchases.currency,
      purchases: sql<number>`count(*)::int`,
      cards: sql<number>`sum(${reportedPurchases.cards})::int`,
      total: sql<string>`sum(${reportedPurchases.total})::text`,
    })
    .from(reportedPurchases)
    .where(isForgotten)
    .groupBy(reportedPurchases.currency)
    .orderBy(asc(reportedPurchases.currency));
}
