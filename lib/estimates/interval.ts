import type { Interval } from "./schemas";

/** As it goes out; null where there is none. */
export function intervalOf(from: Date | null, by: Date | null): Interval | null {
  return from && by ? { from: from.toISOString(), by: by.toISOString() } : null;
}
