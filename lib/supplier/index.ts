export { pruneCalls } from "./prune-calls";
export { supplier } from "./supplier";
