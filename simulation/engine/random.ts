const TWO_32 = 4_294_967_296;

/** A small generator of reproducible chance (mulberry32): one seed, one run, on every machine. Not for secrets. */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not begin alike.
    this.state = (Math.imul(seed ^ (seed >>> 16), 0x45d9f3b) ^ Math.imul(Math.floor(seed / TWO_32) + 1, 0x9e3779b1)) | 0;
    this.bits();
  }

  /** A whole number of 0 to 2^32 - 1. */
  bits(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  chance(probability: number): boolean {
    return this.bits() < probability * TWO_32;
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor((this.bits() / TWO_32) * (high - low + 1));
  }

  /** A whole number of a range, both ends included. */
  within(range: readonly [number, number]): number {
    return this.between(range[0], range[1]);
  }

  /** One of several values. Throws where there is none. */
  pick<T>(choices: readonly T[]): T {
    const chosen = choices[Math.floor((this.bits() / TWO_32) * choices.length)];
    if (chosen === undefined) throw new Error("There is nothing to pick from");
    return chosen;
  }
}
