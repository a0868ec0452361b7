import { KeyBuckets } from "./buckets";
import type { Bytes } from "./bytes";
import type { SortedSet } from "./sorted-set";

export type Content =
  | { type: "string"; text: Bytes }
  | { type: "hash"; fields: Map<Bytes, Bytes> }
  | { type: "list"; items: Bytes[] }
  | { type: "set"; members: Set<Bytes> }
  | { type: "zset"; members: SortedSet };

export interface Entry {
  content: Content;
  /** Milliseconds since 1970; absent for a key that stays. */
  expiresAtMs: number | undefined;
}

/** The keys, with expiry on an injected clock (`clock()` gives milliseconds since 1970). */
export class Db {
  readonly buckets = new KeyBuckets();
  private readonly entries = new Map<Bytes, Entry>();
  private frozenNowMs: number | undefined;
  private sweeper: Iterator<[Bytes, Entry]> | undefined;

  constructor(private readonly clock: () => number) {}

  now(): number {
    return this.frozenNowMs ?? this.clock();
  }

  /** Runs work during which time stands still, as it does within a Redis script or transaction. */
  atOneMoment<T>(work: () => T): T {
    const outer = this.frozenNowMs;
    this.frozenNowMs = this.now();
    try {
      return work();
    } finally {
      this.frozenNowMs = outer;
    }
  }

  /** The live entry of a key; one that expired is dropped here. */
  find(key: Bytes): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry?.expiresAtMs === undefined || entry.expiresAtMs > this.now()) return entry;
    this.forget(key);
    return undefined;
  }

  put(key: Bytes, content: Content, expiresAtMs?: number): void {
    if (!this.entries.has(key)) this.buckets.add(key);
    this.entries.set(key, { content, expiresAtMs });
  }

  remove(key: Bytes): boolean {
    return this.find(key) !== undefined && this.forget(key);
  }

  clear(): void {
    this.entries.clear();
    this.buckets.clear();
    this.sweeper = undefined;
  }

  /** Keys in the order of their creation, some perhaps expired; the iterator survives changes made meanwhile. */
  keys(): IterableIterator<Bytes> {
    return this.entries.keys();
  }

  size(): number {
    let live = 0;
    const nowMs = this.now();
    for (const entry of this.entries.values()) if (entry.expiresAtMs === undefined || entry.expiresAtMs > nowMs) live += 1;
    return live;
  }

  /** Looks at the next `limit` keys and drops those that expired, so that keys nobody reads do not pile up. */
  sweep(limit: number): void {
    this.sweeper ??= this.entries.entries();
    for (let seen = 0; seen < limit; seen += 1) {
      const next = this.sweeper.next();
      if (next.done) {
        this.sweeper = undefined;
        return;
      }
      this.find(next.value[0]);
    }
  }

  private forget(key: Bytes): boolean {
    this.buckets.delete(key);
    return this.entries.delete(key);
  }
}
