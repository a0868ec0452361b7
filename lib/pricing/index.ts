export type { PriceRule, RuleSubject } from "./choose-rule";
export { loadPriceList, type PriceList } from "./load-price-list";
export type { CardPrice, PricedProduct } from "./price-card";
export { checkRates, type Rates, rateBetween } from "./rates";
