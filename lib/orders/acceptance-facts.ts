import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { CALLERS_PARTNER } from "@/lib/auth";
import { estimateFacts, estimateFactsSchema } from "@/lib/estimates";
import { quoteFacts, shelfFacts, shelfFactsSchema, storedQuoteSchema } from "@/lib/quotes";
import type { PlaceOrderInput } from "./schemas";

/**
 * All that accepting an order is decided on, as one JSON value: what the key was answered before, the products and the partner's prices, the
 * quote, whether it may be urgent, and how the queue stands.
 * By default for the partner of the caller whose session is looked up in the same query.
 */
export function acceptanceFacts(input: PlaceOrderInput, idempotencyKey: string, partnerId: SQL = CALLERS_PARTNER): SQL {
  const productIds = input.lines.map(({ productId }) => productId);
  return sql`jsonb_build_object(
    'earlier', (select jsonb_build_object('status', k.status, 'body', k.body, 'requestHash', encode(k.request_hash, 'hex'))
      from idempotency_keys k where k.partner_id = ${partnerId} and k.key = ${idempotencyKey}),
    'shelf', ${shelfFacts(partnerId, productIds)},
    'quote', ${quoteFacts(partnerId, input.quoteId)},
    'urgentAllowed', (select a.urgent_allowed from partners a where a.id = ${partnerId}),
    'queue', ${estimateFacts(partnerId, input.lane ?? "normal", productIds)})`;
}

export const acceptanceFactsSchema = z.object({
  earlier: z.object({ status: z.number().int(), body: z.string(), requestHash: z.string() }).nullable(),
  shelf: shelfFactsSchema,
  quote: storedQuoteSchema.nullable(),
  urgentAllowed: z.boolean(),
  queue: estimateFactsSchema,
});
