/** What a decision needs from outside itself; given by the engine, fixed by tests. */
export interface Moment {
  nowMs: number;
  newId: () => string;
  /** A number greater than all before, shared by events and pauses: it says which came first. */
  newSeq: () => number;
  /** From 0 up to 1. */
  random: () => number;
  retryIntervalMs: number | undefined;
  /** Whether anything is triggered by, or waits for, an event of this name. */
  isWanted: (eventName: string) => boolean;
  findFunction: (slug: string) => { id: string } | undefined;
}
