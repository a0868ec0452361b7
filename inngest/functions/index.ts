import type { Inngest } from "inngest";
import { checkLedger } from "./check-ledger";
import { checkPrices } from "./check-prices";
import { dispatchOrders } from "./dispatch-orders";
import { heedCallback } from "./heed-callback";
import { prune } from "./prune";
import { refreshCatalog } from "./refresh-catalog";
import { refreshRates } from "./refresh-rates";
import { rereadNamedProducts } from "./reread-products";
import { settleDispatch } from "./settle-dispatch";
import { sweep } from "./sweep";

export function allFunctions(client: Inngest) {
  return [
    dispatchOrders,
    settleDispatch,
    heedCallback,
    refreshCatalog,
    rereadNamedProducts,
    refreshRates,
    sweep,
    checkLedger,
    checkPrices,
    prune,
  ].map((define) => define(client));
}
