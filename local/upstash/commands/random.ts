import { RedisError } from "../engine/reply";

const MAX_REPEATED_PICKS = 100_000;

/** Redis' rule for SRANDMEMBER, HRANDFIELD and ZRANDMEMBER: a positive count picks distinct ones, a negative may repeat. */
export function randomPicks<T>(all: readonly T[], count: number): T[] {
  if (count < -MAX_REPEATED_PICKS) throw new RedisError("ERR value is out of range");
  if (count >= 0) return shuffled(all).slice(0, count);
  return Array.from({ length: all.length === 0 ? 0 : -count }, () => all[Math.floor(Math.random() * all.length)]).filter(
    (pick): pick is T => pick !== undefined,
  );
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((item) => ({ item, order: Math.random() }))
    .sort((left, right) => left.order - right.order)
    .map(({ item }) => item);
}
