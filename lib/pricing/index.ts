export type { PriceRule, RuleSubject } from "./choose-rule";
export { loadPriceList, type PriceList, priceListOf } from "./load-price-list";
export type { CardPrice, PricedProduct } from "./price-card";
export { priceFacts, priceFactsSchema } from "./price-facts";
export { checkRates, type Rates, rateBetween } from "./rates";
