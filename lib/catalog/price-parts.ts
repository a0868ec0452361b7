import { sql } from "drizzle-orm";
import { type Part, readThrough } from "@/lib/cache";
import {
  type CurrentRates,
  currentRates,
  currentRatesSchema,
  type PartnerSettings,
  type PriceList,
  partnerSettings,
  partnerSettingsSchema,
  priceListOf,
} from "@/lib/pricing";
import type { CatalogReader } from "./reader";

const SETTINGS_SECONDS = 5 * 60;
const RATES_SECONDS = 15 * 60;
/** Of what is kept of brands, categories and lists. */
export const CATALOG_SECONDS = 2 * 3_600;

/** One value beside the reader's prices: whatever of them is missing is read in the same statement. */
export async function readWithPrices<Value>(
  reader: CatalogReader,
  wanted: Part<Value>,
): Promise<{ value: Value; prices: PriceList }> {
  const settings: Part<PartnerSettings> = {
    key: `settings:${reader.versions.settings}`,
    ttlSeconds: SETTINGS_SECONDS,
    sql: partnerSettings(sql`${reader.partnerId}::uuid`),
    schema: partnerSettingsSchema,
  };
  const rates: Part<CurrentRates> = {
    key: `rates:${reader.versions.rates}`,
    ttlSeconds: RATES_SECONDS,
    sql: currentRates(),
    schema: currentRatesSchema,
  };
  const read = await readThrough({ settings, rates, wanted });
  return { value: read.wanted, prices: priceListOf({ settings: read.settings, rates: read.rates }, reader.nowMs) };
}
