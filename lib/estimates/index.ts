export { type Estimate, type EstimateFacts, estimate, type Pace } from "./estimate";
export { estimateFacts, estimateFactsSchema, toFacts, waitingFacts } from "./estimate-facts";
export { intervalOf } from "./interval";
export { readHonesty } from "./read-honesty";
export { refreshPace } from "./refresh-pace";
