import type { RULE_KINDS, RULE_SCOPES, Rule } from "@/lib/price-rules/schemas";
import { formatMoney } from "../../format/money";
import { percentText } from "./percent";

export const SCOPE_WORDS: Record<(typeof RULE_SCOPES)[number], string> = {
  product: "Product",
  brand: "Brand",
  category: "Category",
  default: "Default",
};

export const KIND_WORDS: Record<(typeof RULE_KINDS)[number], string> = {
  markup_on_cost: "Mark-up on cost",
  discount_off_face: "Discount off face value",
};

/** What the rule is about: "All other products", "Gaming"; a thing that is gone from the catalogue keeps its id. */
export function subjectWords({ scope, scopeId, scopeName }: Pick<Rule, "scope" | "scopeId" | "scopeName">): string {
  if (scope === "default") return "Everything no other rule covers";
  return scopeName ?? `${SCOPE_WORDS[scope]} ${scopeId}, not in the catalogue any more`;
}

type Terms = Pick<Rule, "kind" | "basisPoints" | "fixedFeeMinor" | "minMarginBasisPoints">;

/** "Cost plus 1.5 %, plus 0.50 USD a card; never under 2 % margin". */
export function termWords({ kind, basisPoints, fixedFeeMinor, minMarginBasisPoints }: Terms, currency: string): string {
  const share = `${percentText(basisPoints)} %`;
  const onCost = basisPoints === 0 ? "At cost" : `Cost plus ${share}`;
  const offFace = basisPoints === 0 ? "At face value" : `${share} off face value`;
  const fee = fixedFeeMinor === 0 ? "" : `, plus ${formatMoney({ amountMinor: fixedFeeMinor, currency })} a card`;
  const floor = minMarginBasisPoints === 0 ? "never below cost" : `never under ${percentText(minMarginBasisPoints)} % margin`;
  return `${kind === "markup_on_cost" ? onCost : offFace}${fee}; ${floor}`;
}
