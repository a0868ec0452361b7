import type { Bytes } from "./bytes";

export interface Scored {
  member: Bytes;
  score: number;
}

/** Members with a score, in the order Redis keeps them: by score, then by bytes. */
export class SortedSet {
  private readonly scores = new Map<Bytes, number>();
  private readonly ordered: Scored[] = [];

  get size(): number {
    return this.scores.size;
  }

  /** All members in ascending order; not to be changed by the caller. */
  get items(): readonly Scored[] {
    return this.ordered;
  }

  scoreOf(member: Bytes): number | undefined {
    return this.scores.get(member);
  }

  /** Adds or moves a member; true if it was new. */
  put(member: Bytes, score: number): boolean {
    const before = this.scores.get(member);
    if (before === score) return false;
    if (before !== undefined) this.ordered.splice(this.place(member, before), 1);
    this.ordered.splice(this.place(member, score), 0, { member, score });
    this.scores.set(member, score);
    return before === undefined;
  }

  remove(member: Bytes): boolean {
    const score = this.scores.get(member);
    if (score === undefined) return false;
    this.ordered.splice(this.place(member, score), 1);
    this.scores.delete(member);
    return true;
  }

  /** Position from the lowest, counted from 0. */
  rankOf(member: Bytes): number | undefined {
    const score = this.scores.get(member);
    return score === undefined ? undefined : this.place(member, score);
  }

  /** The first position that does not come before this score and member. */
  private place(member: Bytes, score: number): number {
    return firstIndex(this.ordered, (item) => item.score > score || (item.score === score && item.member >= member));
  }
}

/** The first index from which a condition holds, where it holds for every later item; the length if for none. */
export function firstIndex(items: readonly Scored[], holds: (item: Scored) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
