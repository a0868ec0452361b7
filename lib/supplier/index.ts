export { breakerEntries } from "./breaker-entries";
export { catchUpBreakers } from "./catch-up-breakers";
export { listCalls } from "./list-calls";
export { pruneCalls } from "./prune-calls";
export { readSupplier } from "./read-supplier";
export { recordBreakerChange } from "./record-breaker-change";
export { supplier } from "./supplier";
