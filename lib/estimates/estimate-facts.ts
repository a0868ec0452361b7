import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { budgets } from "@/lib/bamboo";
import type { EstimateFacts } from "./estimate";

/**
 * What an estimate is made from, as one JSON value, so that it can be read within any query: for an order of these products that would join
 * `lane` now. From the database alone.
 */
export function estimateFacts(partnerId: SQL, lane: "urgent" | "normal", productIds: readonly number[]): SQL {
  return sql`estimate_facts(${partnerId}, ${lane}, ${sql.param([...new Set(productIds)])}::bigint[])`;
}

/** The same for an order that waits already; `productIds` are those that still wait. */
export function waitingFacts(
  order: { id: string; partnerId: string; lane: "urgent" | "normal"; createdAt: Date },
  productIds: readonly number[],
): SQL {
  const { id, partnerId, lane, createdAt } = order;
  const wanted = sql.param([...new Set(productIds)]);
  return sql`estimate_facts(${partnerId}::uuid, ${lane}, ${wanted}::bigint[], ${createdAt.toISOString()}::timestamptz, ${id}::uuid)`;
}

export const estimateFactsSchema = z.object({
  pace: z.object({
    toSettledMs: z.array(z.number()),
    toClaimedMs: z.number(),
    slotMs: z.number(),
    cardsPerDispatch: z.number(),
    cardsPerOrder: z.number(),
    waitingOrders: z.number(),
  }),
  silent: z.boolean(),
  ordersAhead: z.number(),
  heavy: z.boolean(),
  products: z.array(
    z.object({
      productId: z.number(),
      usedAgoMs: z.array(z.number()),
      ownCardsAhead: z.number(),
      othersCards: z.array(z.number()),
    }),
  ),
});

/** The facts as `estimate` takes them. `boughtAgoMs` is of purchases on their way; none for an order that is just being accepted. */
export function toFacts(read: z.infer<typeof estimateFactsSchema>, boughtAgoMs: readonly number[] = []): EstimateFacts {
  const { limit, windowMs } = budgets().placeOrderProduct;
  return { ...read, boughtAgoMs, limits: { productLimit: limit, productWindowMs: windowMs } };
}
