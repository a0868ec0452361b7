export { type DayRead, type FoundPurchases, findForgottenPurchases } from "./find-forgotten-purchases";
export { type ForgottenPurchase, type ForgottenSum, listForgottenPurchases, sumForgottenPurchases } from "./forgotten-purchases";
export { isDay, today } from "./recovery-days";
export { readWaitingOrders, type WaitingOrders } from "./waiting-orders";
