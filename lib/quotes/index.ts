export type { PricedLine } from "./check-lines";
export { createQuote, quotingFacts } from "./create-quote";
export { honourQuote, quoteExpired, quoteUsed } from "./honour-quote";
export { linesNow } from "./lines-now";
export { type PricedOrder, priceLines } from "./price-lines";
export { pruneQuotes } from "./prune-quotes";
export { hashRequest } from "./request-hash";
export { type PriceStand, type Shelf, shelfFacts, shelfFactsSchema, shelfOf } from "./shelf";
export { quoteFacts, type StoredQuote, storedQuoteSchema } from "./stored-quote";
