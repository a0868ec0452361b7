import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { budgets } from "@/lib/bamboo";
import { HEAVY_LINES } from "../product-pace";
import type { EstimateFacts } from "./estimate";
import { COUNTED_LINES } from "./placement";

/**
 * What an estimate is made from, as one JSON value, so that it can be read within any query: for an order that would join `lane` now.
 * `productIds` has one for each of its lines. From the database alone.
 */
export function estimateFacts(partnerId: SQL, lane: "urgent" | "normal", productIds: readonly number[]): SQL {
  const lightLines = HEAVY_LINES - productIds.length;
  return sql`estimate_facts(${partnerId}, ${lane}, ${wanted(productIds)}, ${lightLines}::integer, ${COUNTED_LINES}::integer)`;
}

/** The same for an order that waits already; `productIds` are those that still wait. */
export function waitingFacts(
  order: { id: string; partnerId: string; lane: "urgent" | "normal"; createdAt: Date },
  productIds: readonly number[],
): SQL {
  const { id, partnerId, lane, createdAt } = order;
  const counted = sql`${HEAVY_LINES}::integer, ${COUNTED_LINES}::integer`;
  return sql`estimate_facts(${partnerId}::uuid, ${lane}, ${wanted(productIds)}, ${counted}, ${createdAt.toISOString()}::timestamptz, ${id}::uuid)`;
}

const wanted = (productIds: readonly number[]): SQL => sql`${sql.param([...new Set(productIds)])}::bigint[]`;

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
      capped: z.boolean(),
    }),
  ),
});

/** The facts as `estimate` takes them. `boughtAgoMs` is of purchases on their way; none for an order that is just being accepted. */
export function toFacts(read: z.infer<typeof estimateFactsSchema>, boughtAgoMs: readonly number[] = []): EstimateFacts {
  const { limit, windowMs } = budgets().placeOrderProduct;
  return { ...read, boughtAgoMs, limits: { productLimit: limit, productWindowMs: windowMs } };
}
