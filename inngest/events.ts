import { eventType, staticSchema } from "inngest";

/** Every event that functions listen to. They carry ids only: codes, amounts and texts stay in the database. */
export const ordersQueued = eventType("orders/queued", { schema: staticSchema<{ orderId: string }>() });
export const dispatchesPlaced = eventType("dispatches/placed", { schema: staticSchema<{ dispatchId: string }>() });
export const dispatchesStalled = eventType("dispatches/stalled", { schema: staticSchema<{ dispatchId: string }>() });
/** Bamboo called: look at this dispatch. */
export const bambooNotified = eventType("bamboo/notified", { schema: staticSchema<{ dispatchId: string }>() });
export const refreshRequested = eventType("catalog/refresh.requested", {
  schema: staticSchema<{ trigger: "start" | "schedule" | "admin" | "webhook"; acceptShrink?: "yes" }>(),
});
/** Rules, costs or rates moved: of one partner, or of all where none is named. */
export const pricesChanged = eventType("prices/changed", { schema: staticSchema<{ partnerId?: string }>() });
export const ratesRequested = eventType("catalog/rates.requested", { schema: staticSchema<Record<string, never>>() });
/** Products wait to be read by themselves; which, the database says. */
export const rereadRequested = eventType("catalog/reread.requested", { schema: staticSchema<Record<string, never>>() });
