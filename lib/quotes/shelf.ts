import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import {
  catalogStanding,
  catalogStandingSchema,
  isCatalogStale,
  type OrderableProduct,
  orderableFacts,
  orderableSchema,
} from "@/lib/catalog";
import { type PriceList, priceFacts, priceFactsSchema, priceListOf } from "@/lib/pricing";

/** What lies before a partner who wants some products: their state, and the partner's prices. */
export interface Shelf {
  prices: PriceList;
  products: readonly OrderableProduct[];
  catalogStale: boolean;
  stand: PriceStand;
}

/** Names what prices were read from, so that `accept_order` can tell whether any of it has changed since. The rates have an id. */
export interface PriceStand {
  settingsVersion: number;
  /** As `price_stand` (migration 0014) names the products; null where none is known. */
  products: string | null;
}

/** All that a shelf follows from, as one JSON value, so that it can be read within any query. */
export function shelfFacts(partnerId: SQL, productIds: readonly number[]): SQL {
  return sql`jsonb_build_object('prices', ${priceFacts(partnerId)}, 'products', ${orderableFacts(productIds)}, 'standing', ${catalogStanding()},
    'stand', jsonb_build_object('settingsVersion', (select v.settings_version from partners v where v.id = ${partnerId}),
      'products', price_stand(${sql.param([...productIds])}::bigint[])))`;
}

export const shelfFactsSchema = z.object({
  prices: priceFactsSchema,
  products: z.array(orderableSchema),
  standing: catalogStandingSchema,
  stand: z.object({ settingsVersion: z.number().int(), products: z.string().nullable() }),
});

export function shelfOf({ prices, products, standing, stand }: z.infer<typeof shelfFactsSchema>, nowMs: number): Shelf {
  return { prices: priceListOf(prices, nowMs), products, catalogStale: isCatalogStale(standing, nowMs), stand };
}
