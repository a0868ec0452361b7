export { type BeganRefresh, beginRefresh, REFRESHES_PER_HOUR } from "./begin-refresh";
export { completeRefresh, failRefresh } from "./end-refresh";
export { whatIsOld } from "./freshness";
export { getProduct } from "./get-product";
export { listFilters } from "./list-filters";
export { listProducts } from "./list-products";
export { type OrderableProduct, orderableFacts, orderableSchema, refusal } from "./orderable";
export { refreshPage } from "./refresh-page";
export { refreshRates } from "./refresh-rates";
