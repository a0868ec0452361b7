import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { NO_RATES, type PriceList, type PriceRule, priceFacts, priceFactsSchema, priceListOf, type Rates } from "@/lib/pricing";

/** What a partner's prices follow from, rules apart from the rest so that others can be tried. */
export interface Terms {
  currency: string;
  rates: Rates;
  rules: readonly PriceRule[];
  allows: PriceList["allows"];
}

export interface PartnerTerms {
  id: string;
  name: string;
  active: boolean;
  terms: Terms;
}

const MAX_AT_ONCE = 100;

/** Of the partners `p` for which `condition` holds, by id; at most 100. */
export async function loadTerms(executor: Executor, condition: SQL): Promise<PartnerTerms[]> {
  const { rows } = await executor.execute<{ id: string; name: string; active: boolean; facts: unknown }>(sql`
    select t.id, t.name, t.active, ${priceFacts(sql`t.id`)} as facts
    from (select p.id, p.name, p.active from partners p where ${condition} order by p.id limit ${MAX_AT_ONCE}) t order by t.id`);
  return rows.map(({ id, name, active, facts }) => {
    const { settings, rates } = priceFactsSchema.parse(facts);
    const { allows } = priceListOf({ settings, rates }, Date.now());
    return { id, name, active, terms: { currency: settings.currency, rules: settings.rules, rates: rates ?? NO_RATES, allows } };
  });
}
