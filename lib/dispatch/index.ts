export { type Advanced, advanceDispatch } from "./advance-dispatch";
export { askAgain } from "./ask-again";
export { checkOutstanding } from "./check-outstanding";
export { type Drained, drain } from "./drain";
export { someoneDrains } from "./drain-watch";
export { findStalled } from "./find-stalled";
export { getStuck } from "./get-stuck";
export { hintDispatch } from "./hint-dispatch";
export { listStuck } from "./list-stuck";
