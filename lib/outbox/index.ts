export { enqueue } from "./enqueue";
export type { OutboxEvent } from "./events";
export { pruneOutbox } from "./prune-outbox";
export { relayOutbox, type SentEvent } from "./relay";
