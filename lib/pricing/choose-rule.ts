/** A price rule as pricing needs it; see the table `price_rules`. */
export interface PriceRule {
  name: string;
  scope: "product" | "brand" | "category" | "default";
  scopeId: string | null;
  kind: "discount_off_face" | "markup_on_cost";
  basisPoints: number;
  fixedFeeMinor: number;
  minMarginBasisPoints: number;
}

export interface RuleSubject {
  productId: number;
  brandId: string;
  categoryIds: readonly number[];
}

/**
 * The most specific rule that covers the product: product, brand, category, then the default. `rules` come older first, so of two
 * category rules for a brand in both categories the older one wins, and stays when a newer one is made.
 */
export function chooseRule<T extends PriceRule>(rules: readonly T[], subject: RuleSubject): T | undefined {
  const covers: Record<PriceRule["scope"], (rule: PriceRule) => boolean> = {
    product: (rule) => rule.scopeId === String(subject.productId),
    brand: (rule) => rule.scopeId === subject.brandId,
    category: (rule) => subject.categoryIds.some((id) => rule.scopeId === String(id)),
    default: () => true,
  };
  for (const scope of ["product", "brand", "category", "default"] as const) {
    const found = rules.find((rule) => rule.scope === scope && covers[scope](rule));
    if (found) return found;
  }
  return undefined;
}
