export { enqueue } from "./enqueue";
export type { OutboxEvent } from "./events";
export { relayOutbox, type SentEvent } from "./relay";
