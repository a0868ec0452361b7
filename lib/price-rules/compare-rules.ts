import { setImmediate as breathe } from "node:timers/promises";
import type { PriceRule } from "@/lib/pricing";
import { ruleChooser } from "@/lib/pricing";
import { type JudgedCard, judgeCard, judgeProduct } from "./judge-card";
import type { LiveProduct } from "./load-live-products";
import type { Terms } from "./load-terms";
import type { Preview, PreviewInput } from "./schemas";

const MAX_ITEMS = 50;
/** Products between two turns of the event loop: a few milliseconds in which nobody else is served. */
export const BREATH = 250;

interface Compared {
  product: LiveProduct;
  covered: boolean;
  /** The prices before and after are of the same card, the one with the least margin after. */
  before: JudgedCard;
  after: JudgedCard;
}

/** Prices the catalogue by two sets of rules of a partner; `asked` is the one of `after` that is being tried. */
export async function compareRules(
  products: readonly LiveProduct[],
  terms: Terms,
  rules: { before: readonly PriceRule[]; after: readonly PriceRule[]; asked: PriceRule },
  { search, show }: Pick<PreviewInput, "search" | "show">,
): Promise<Preview> {
  const [ruleBefore, ruleAfter] = [ruleChooser(rules.before), ruleChooser(rules.after)];
  const counts = { products: 0, covered: 0, cheaper: 0, dearer: 0, belowMarginNow: 0, belowMarginThen: 0 };
  const listed: Compared[] = [];
  for (const [index, product] of products.entries()) {
    if (index % BREATH === BREATH - 1) await breathe();
    if (!terms.allows(product)) continue;
    const [oldRule, newRule] = [ruleBefore(product), ruleAfter(product)];
    const after = judgeProduct(product, newRule, terms.rates, terms.currency);
    const worstBefore = oldRule === newRule ? after : judgeProduct(product, oldRule, terms.rates, terms.currency);
    const before =
      worstBefore.faceMinor === after.faceMinor
        ? worstBefore
        : judgeCard(product, after.faceMinor, oldRule, terms.rates, terms.currency);
    const covered = newRule === rules.asked;
    counts.products += 1;
    counts.covered += Number(covered);
    counts.belowMarginNow += Number(worstBefore.belowMargin);
    counts.belowMarginThen += Number(after.belowMargin);
    if (before.askedMinor !== null && after.askedMinor !== null) {
      counts.cheaper += Number(after.askedMinor < before.askedMinor);
      counts.dearer += Number(after.askedMinor > before.askedMinor);
    }
    const wanted = show === "covered" ? covered : after.belowMargin;
    if (wanted && matches(product, search)) listed.push({ product, covered, before, after });
  }
  listed.sort((a, b) => marginOf(a) - marginOf(b) || a.product.productId - b.product.productId);
  return { ...counts, items: listed.slice(0, MAX_ITEMS).map((row) => toRow(row, terms.currency)) };
}

/** Every word of the search is in the brand's or the product's name. */
function matches({ brandName, name }: LiveProduct, search = ""): boolean {
  const text = `${brandName} ${name}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const marginOf = ({ after }: Compared) => after.marginBasisPoints ?? Number.MAX_SAFE_INTEGER;

function toRow({ product, before, after }: Compared, currency: string): Preview["items"][number] {
  const money = (amountMinor: number | null) => (amountMinor === null ? null : { amountMinor, currency });
  return {
    productId: product.productId,
    name: product.name,
    brandName: product.brandName,
    face: { amountMinor: after.faceMinor, currency: product.faceCurrency },
    cost: money(after.costMinor),
    priceNow: money(before.priceMinor),
    priceThen: money(after.priceMinor),
    marginBasisPoints: after.marginBasisPoints,
    belowMargin: after.belowMargin,
  };
}
