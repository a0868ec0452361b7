export { type Advanced, advanceDispatch } from "./advance-dispatch";
export { askAgain } from "./ask-again";
export { findStalled } from "./find-stalled";
export { getStuck } from "./get-stuck";
export { hintDispatch } from "./hint-dispatch";
export { listStuck } from "./list-stuck";
export { type Placed, placeNext } from "./place-next";
