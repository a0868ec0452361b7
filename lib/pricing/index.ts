export { chooseRule, type PriceRule, type RuleSubject } from "./choose-rule";
export { loadPriceList, type PriceList, priceListOf, RATES_STALE_MS } from "./load-price-list";
export { type CardPrice, cardPriceOf, type PricedProduct, priceCard, reckonCard } from "./price-card";
export {
  type CurrentRates,
  currentRates,
  currentRatesSchema,
  type PartnerSettings,
  type PriceFacts,
  partnerSettings,
  partnerSettingsSchema,
  priceFacts,
  priceFactsSchema,
} from "./price-facts";
export { moveBasisPoints } from "./rate-moves";
export { checkRates, NO_RATES, type Rates, rateBetween } from "./rates";
export { ruleChooser } from "./rule-chooser";
export { type Explanation, MAX_RULES } from "./schemas";
