import { describe, expect, it } from "vitest";
import { firstReadAfterMs, learn, type ReadLesson, type ReadPace, UNTAUGHT } from "./read-pace";

/** The same sequence on every run: 0 up to 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Half a second apart, as the supplier takes them in. */
const APART_MS = 500;

interface Run {
  pace: ReadPace;
  /** Of the second half, when the time is learned. */
  readsEach: number;
}

/**
 * Purchases one after the other, each over after `tookMs`; lessons come in the order in which they are read, so that many purchases are
 * placed by a time that was learned before they were. Reads follow `nextAction`: a first one, then ever later ones.
 */
function run(count: number, tookMs: (index: number) => number, calls: (index: number) => boolean = () => false): Run {
  let pace = UNTAUGHT;
  let [reads, counted] = [0, 0];
  const due: { atMs: number; lesson: ReadLesson }[] = [];
  for (let index = 0; index < count; index++) {
    const nowMs = index * APART_MS;
    due.sort((a, b) => a.atMs - b.atMs);
    while (due[0] && due[0].atMs <= nowMs) pace = learn(pace, due.shift()?.lesson ?? never());
    const took = tookMs(index);
    const waitMs = firstReadAfterMs(pace);
    const called = calls(index) && took < waitMs;
    const readAtAgeMs = called ? took : waitMs;
    due.push({
      atMs: nowMs + readAtAgeMs,
      lesson: { over: readAtAgeMs >= took, readAtAgeMs, dueAtAgeMs: waitMs, calledAtAgeMs: called ? took : null },
    });
    if (index < count / 2) continue;
    counted += 1;
    reads += 1;
    for (let ageMs = readAtAgeMs, stepMs = pace.firstReadMs; ageMs < took; stepMs *= 2) {
      ageMs += Math.min(stepMs, 60_000);
      reads += 1;
    }
  }
  return { pace, readsEach: reads / counted };
}

const never = (): never => {
  throw new Error("The list was not empty a moment ago");
};

describe("the time of the first read", () => {
  it("is learned from reads alone, and then few come too early", () => {
    const random = randomFrom(7);
    const { pace, readsEach } = run(2_000, () => 300 + 1_200 * random());
    expect(readsEach).toBeLessThanOrEqual(1.1);
    expect(pace.firstReadMs).toBeGreaterThan(1_250);
    expect(pace.firstReadMs).toBeLessThan(1_900);
  });

  it("follows a supplier that gets slow, and one that gets fast again", () => {
    const random = randomFrom(11);
    const slow = run(2_000, (index) => (index < 400 ? 500 : 15_000) + 500 * random());
    expect(slow.pace.firstReadMs).toBeGreaterThan(13_500);
    expect(slow.pace.firstReadMs).toBeLessThan(20_000);
    expect(slow.readsEach).toBeLessThanOrEqual(1.1);
    const fast = run(2_000, (index) => (index < 400 ? 15_000 : 800) + 200 * random());
    expect(fast.pace.firstReadMs).toBeLessThan(1_400);
    expect(fast.readsEach).toBeLessThanOrEqual(1.1);
  });

  it("is not carried away by a few that take for ever", () => {
    const random = randomFrom(13);
    const { pace, readsEach } = run(2_000, () => (random() < 0.01 ? 600_000 : 1_000));
    expect(pace.firstReadMs).toBeLessThan(1_600);
    // The few are read ever more rarely: some sixteen times in ten minutes.
    expect(readsEach).toBeLessThan(1.35);
  });

  it("is moved by many under way at once no more than by one", () => {
    const together = (lesson: ReadLesson) => Array.from({ length: 60 }).reduce<ReadPace>((pace) => learn(pace, lesson), UNTAUGHT);
    expect(together({ over: false, readAtAgeMs: 2_000, dueAtAgeMs: 2_000, calledAtAgeMs: null }).firstReadMs).toBe(2_400);
    expect(together({ over: true, readAtAgeMs: 3_000, dueAtAgeMs: 2_000, calledAtAgeMs: null }).firstReadMs).toBe(1_960);
    expect(together({ over: true, readAtAgeMs: 9_000, dueAtAgeMs: 9_000, calledAtAgeMs: 9_000 }).firstReadMs).toBe(9_000);
  });

  it("stays within half a second and half a minute", () => {
    expect(run(2_000, () => 1).pace.firstReadMs).toBe(500);
    expect(run(3_000, () => 3_600_000).pace.firstReadMs).toBe(30_000);
  });
});

describe("where the supplier calls", () => {
  it("one read each is enough, and the read without a call waits longer", () => {
    const random = randomFrom(17);
    const { pace, readsEach } = run(
      2_000,
      () => 300 + 1_200 * random(),
      () => true,
    );
    expect(pace.calledShare).toBeGreaterThan(0.9);
    expect(firstReadAfterMs(pace)).toBeGreaterThan(2 * pace.firstReadMs);
    expect(readsEach).toBeLessThanOrEqual(1.01);
  });

  it("a tenth of lost calls changes little; when none comes any more, the wait is short again soon", () => {
    const random = randomFrom(19);
    const some = run(
      2_000,
      () => 300 + 1_200 * random(),
      () => random() < 0.9,
    );
    expect(some.readsEach).toBeLessThanOrEqual(1.01);
    const ended = run(
      200,
      () => 300 + 1_200 * random(),
      (index) => index < 150,
    );
    expect(ended.pace.calledShare).toBeLessThan(0.5);
  });
});
