export { type Advanced, advanceDispatch } from "./advance-dispatch";
export { findStalled } from "./find-stalled";
export { type Placed, placeNext } from "./place-next";
