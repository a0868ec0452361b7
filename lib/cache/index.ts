export type { Part } from "./part";
export { readThrough } from "./read-through";
export { SharedCache } from "./shared";
