/** Events carry ids only; they say "look", and the database says what there is to do. */
export type OutboxEvent =
  | { name: "orders/queued"; data: { orderId: string } }
  | { name: "orders/settled"; data: { orderId: string } }
  | { name: "dispatches/placed"; data: { dispatchId: string } }
  | { name: "dispatches/stalled"; data: { dispatchId: string } }
  | { name: "bamboo/notified"; data: { dispatchId: string } }
  | { name: "prices/changed"; data: { partnerId: string } | Record<string, never> };
