/** A sorted set as Redis keeps it: by score, then by name. Small, so that a plain array is quickest. */
export class SortedSet {
  private readonly entries: { member: string; score: number }[] = [];

  get size(): number {
    return this.entries.length;
  }

  scoreOf(member: string): number | undefined {
    return this.entries.find((entry) => entry.member === member)?.score;
  }

  /** The score of the nth from the top; the first is the highest. */
  newest(nth: number): number | undefined {
    return this.entries[this.entries.length - nth]?.score;
  }

  /** Those with a higher score, lowest first. */
  above(score: number): { member: string; score: number }[] {
    return this.entries.filter((entry) => entry.score > score);
  }

  set(member: string, score: number): void {
    this.remove(member);
    let at = this.entries.length;
    while (at > 0 && isAfter(this.entries[at - 1], member, score)) at--;
    this.entries.splice(at, 0, { member, score });
  }

  remove(member: string): void {
    const at = this.entries.findIndex((entry) => entry.member === member);
    if (at >= 0) this.entries.splice(at, 1);
  }

  /** Forgets those with this score or a lower one. */
  forgetUpTo(score: number): void {
    let gone = 0;
    while ((this.entries[gone]?.score ?? Number.POSITIVE_INFINITY) <= score) gone++;
    if (gone > 0) this.entries.splice(0, gone);
  }
}

function isAfter(entry: { member: string; score: number } | undefined, member: string, score: number): boolean {
  return entry !== undefined && (entry.score > score || (entry.score === score && entry.member > member));
}
