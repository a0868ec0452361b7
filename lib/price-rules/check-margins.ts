import { setImmediate as breathe } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { raiseAlert, resolveAlert } from "@/lib/alerts";
import { ruleChooser } from "@/lib/pricing";
import { BREATH } from "./compare-rules";
import { judgeProduct } from "./judge-card";
import { type LiveProduct, loadLiveProducts } from "./load-live-products";
import { loadTerms, type PartnerTerms, type Terms } from "./load-terms";

export const BELOW_MARGIN = "prices.below_margin";

/** Partners looked at by one call: a second or two of work. */
const PARTNERS_AT_ONCE = 20;
const MAX_NAMED = 3;
const MAX_NAME = 60;

/** Where to go on, or null at the end; `below` partners had a product under its margin. */
export interface CheckedMargins {
  partners: number;
  below: number;
  next: string | null;
}

/**
 * Looks for products on sale that a partner cannot order because its price is under cost and margin, and raises an alert for the partner,
 * or ends it. Of one partner, or of a few at once: those after `after` by id.
 */
export async function checkMargins(which: { partnerId: string } | { after: string | null }): Promise<CheckedMargins> {
  const [partners, products] = await Promise.all([
    loadTerms(db(), "partnerId" in which ? sql`p.id = ${which.partnerId}::uuid` : following(which.after)),
    loadLiveProducts(),
  ]);
  const onSale = products.filter((product) => product.onSale);
  let below = 0;
  for (const partner of partners) {
    const found = partner.active ? await belowMargin(onSale, partner.terms) : [];
    if (found.length > 0) below += 1;
    await report(partner, found);
  }
  const last = partners.at(-1);
  const more = "after" in which && partners.length === PARTNERS_AT_ONCE;
  return { partners: partners.length, below, next: more && last ? last.id : null };
}

/** All partners, also those that are not active: what was raised about them ends as well. */
function following(after: string | null): SQL {
  const rest = after === null ? sql`true` : sql`p.id > ${after}::uuid`;
  return sql`p.id in (select p.id from partners p where ${rest} order by p.id limit ${PARTNERS_AT_ONCE})`;
}

async function belowMargin(products: readonly LiveProduct[], terms: Terms): Promise<LiveProduct[]> {
  const ruleOf = ruleChooser(terms.rules);
  const found: LiveProduct[] = [];
  for (const [index, product] of products.entries()) {
    if (index % BREATH === BREATH - 1) await breathe();
    if (terms.allows(product) && judgeProduct(product, ruleOf(product), terms.rates, terms.currency).belowMargin)
      found.push(product);
  }
  return found;
}

async function report({ id, name }: PartnerTerms, found: readonly LiveProduct[]): Promise<void> {
  const subject = `partner:${id}`;
  if (found.length === 0) {
    await resolveAlert(db(), { kind: BELOW_MARGIN, subject });
    return;
  }
  const named = found.slice(0, MAX_NAMED);
  const names = named.map((product) => product.name.slice(0, MAX_NAME)).join(", ");
  const others = found.length > named.length ? ` and ${found.length - named.length} more` : "";
  const cards = found.length === 1 ? "One product is" : `${found.length} products are`;
  await raiseAlert(db(), {
    kind: BELOW_MARGIN,
    severity: "warning",
    subject,
    title: `${cards} under cost and margin for ${name}, who cannot order: ${names}${others}. Change the price rules.`,
    detail: { partnerId: id, count: found.length, productIds: named.map(({ productId }) => productId) },
  });
}
