export { cancelOrder } from "./cancel-order";
export { getOrder } from "./get-order";
export { listOrders } from "./list-orders";
export { moveOrders } from "./move-order";
export { placeOrder } from "./place-order";
export { releaseLines } from "./release-lines";
export type { StoredAnswer } from "./replay";
export { isFinal, type LineState, type OrderState } from "./states.shared";
export { addToTimeline, type TimelineNote } from "./timeline";
