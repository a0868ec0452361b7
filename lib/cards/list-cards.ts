import { asc, eq, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { cards } from "@/drizzle/schema";
import type { CardView } from "./schemas";

/** An order's cards, masked. */
export async function listCards(executor: Executor, orderId: string): Promise<CardView[]> {
  const rows = await executor
    .select({
      id: cards.id,
      orderLineId: cards.orderLineId,
      lastFour: cards.lastFour,
      expiresAt: cards.expiresAt,
      // The table is named in full: in a query on one table a bare column would be looked for in the inner one first.
      revealedAt: sql<Date | string | null>`(select max(r.created_at) from reveals r where r.card_id = cards.id)`,
    })
    .from(cards)
    .where(eq(cards.orderId, orderId))
    .orderBy(asc(cards.id));
  return rows.map((row) => ({ ...row, revealedAt: row.revealedAt ? new Date(row.revealedAt).toISOString() : null }));
}
