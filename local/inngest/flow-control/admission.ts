import type { RegisteredFunction } from "../apps/compile-function";
import type { Item } from "../store/rows";
import { gcra } from "./gcra";

/** What a claim must leave where it is. */
export interface Blocked {
  concurrencyKeys: string[];
  throttleKeys: string[];
}

/**
 * Decides which due calls may be made now. One server owns the database, so what runs is counted here; after a restart
 * nothing runs. Throttles are kept in the database by whoever claims, since they reach into the past.
 */
export class Admission {
  private readonly running = new Map<string, number>();
  private readonly arrivals = new Map<string, number>();
  private readonly throttledUntil = new Map<string, number>();

  constructor(private readonly findFunction: (id: string) => RegisteredFunction | undefined) {}

  restore(arrivals: Iterable<readonly [key: string, arrivalMs: number]>): void {
    for (const [key, arrivalMs] of arrivals) this.arrivals.set(key, arrivalMs);
  }

  blocked(nowMs: number): Blocked {
    for (const [key, untilMs] of this.throttledUntil) if (untilMs <= nowMs) this.throttledUntil.delete(key);
    return {
      concurrencyKeys: [...this.running.keys()].filter((key) => this.isFull(key)),
      throttleKeys: [...this.throttledUntil.keys()],
    };
  }

  /** Takes the places an item needs, or leaves all of them; gives what to store of its throttle. */
  admit(item: Item, nowMs: number): { admitted: boolean; arrivalMs?: number } {
    if (item.kind !== "call") return { admitted: true };
    if (item.concurrencyKeys.some((key) => this.isFull(key))) return { admitted: false };
    const throttle = this.askThrottle(item, nowMs);
    if (!throttle.admitted) return throttle;
    for (const key of item.concurrencyKeys) this.running.set(key, (this.running.get(key) ?? 0) + 1);
    return throttle;
  }

  /** Gives the places back; safe only once for each admitted item. */
  release(item: Item): void {
    if (item.kind !== "call") return;
    for (const key of item.concurrencyKeys) {
      const left = (this.running.get(key) ?? 0) - 1;
      if (left > 0) this.running.set(key, left);
      else this.running.delete(key);
    }
  }

  /** When the next throttled key opens; undefined if none waits. */
  nextOpeningMs(): number | undefined {
    const least = Math.min(...this.throttledUntil.values());
    return Number.isFinite(least) ? least : undefined;
  }

  /** Throttle memory that no longer matters; gives the keys to delete. */
  forget(nowMs: number): string[] {
    const old = [...this.arrivals].filter(([, arrivalMs]) => arrivalMs < nowMs).map(([key]) => key);
    for (const key of old) this.arrivals.delete(key);
    return old;
  }

  private askThrottle({ throttleKey, functionId }: Item, nowMs: number): { admitted: boolean; arrivalMs?: number } {
    const throttle = functionId === null ? undefined : this.findFunction(functionId)?.throttle;
    if (throttleKey === null || !throttle) return { admitted: true };
    if (this.throttledUntil.has(throttleKey)) return { admitted: false };
    const answer = gcra(throttle, this.arrivals.get(throttleKey) ?? 0, nowMs);
    if (!answer.allowed) {
      this.throttledUntil.set(throttleKey, answer.atMs);
      return { admitted: false };
    }
    this.arrivals.set(throttleKey, answer.arrivalMs);
    return { admitted: true, arrivalMs: answer.arrivalMs };
  }

  /** A key is `<function>|<which limit>|<value>`; a limit of 0 is none. */
  private isFull(key: string): boolean {
    const [functionId = "", index = "0"] = key.split("|", 2);
    const limit = this.findFunction(functionId)?.concurrency[Number(index)]?.limit ?? 0;
    return limit > 0 && (this.running.get(key) ?? 0) >= limit;
  }
}
