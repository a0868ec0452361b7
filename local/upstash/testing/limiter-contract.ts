import { MultiRegionRatelimit, Ratelimit } from "@upstash/ratelimit";
import { describe, expect, it, vi } from "vitest";
import type { Upstash } from "../start";
import { connect } from "./local-redis";

type Limiter = ConstructorParameters<typeof Ratelimit>[0]["limiter"];
type Limited = Awaited<ReturnType<Ratelimit["limit"]>>;

const WAIT_MS = 3000;
const SINGLE_REGION = ["fixedWindow", "slidingWindow", "tokenBucket", "cachedFixedWindow"] as const;

/** What every store must do for `@upstash/ratelimit`; `current` gives the running server. */
export function describeLimiters(current: () => Upstash): void {
  describe.each(SINGLE_REGION)("the %s limiter", (name) => {
    it("allows three, refuses the fourth, counts down and resets", async () => {
      const ratelimit = limiter(current(), threeADay(name), new Map());
      const answers: Limited[] = [];
      for (let call = 0; call < 4; call += 1) answers.push(await ratelimit.limit("buyer"));
      expect(answers.map(({ success }) => success)).toEqual([true, true, true, false]);
      expect(answers.slice(0, 3).map(({ remaining }) => remaining)).toEqual([2, 1, 0]);
      await Promise.all(answers.map(({ pending }) => pending));
      expect((await ratelimit.getRemaining("buyer")).remaining).toBe(0);
      expect((await ratelimit.getRemaining("other")).remaining).toBe(3);
      await ratelimit.resetUsedTokens("buyer");
      expect((await ratelimit.getRemaining("buyer")).remaining).toBe(3);
      expect((await ratelimit.limit("buyer")).success).toBe(true);
    });
  });

  describe.each(["fixedWindow", "slidingWindow", "tokenBucket"] as const)("the %s limiter without a cache", (name) => {
    it("asks the store each time, and honours a rate", async () => {
      const ratelimit = limiter(current(), threeADay(name), false);
      expect((await ratelimit.limit("buyer", { rate: 2 })).remaining).toBe(1);
      const answers = await Promise.all(Array.from({ length: 5 }, () => ratelimit.limit("buyer")));
      expect(answers.filter(({ success }) => success)).toHaveLength(1);
      expect(answers.every(({ reason }) => reason === undefined)).toBe(true);
    });

    it("blocks until the next window", async () => {
      const ratelimit = limiter(current(), oneEachMoment(name), false);
      await ratelimit.limit("waiter");
      const answer = await ratelimit.blockUntilReady("waiter", WAIT_MS);
      expect(answer.success).toBe(true);
    });
  });

  it("remembers a refusal in the ephemeral cache", async () => {
    const ratelimit = limiter(current(), Ratelimit.fixedWindow(1, "1 d"), new Map());
    await ratelimit.limit("buyer");
    expect((await ratelimit.limit("buyer")).reason).toBeUndefined();
    expect((await ratelimit.limit("buyer")).reason).toBe("cacheBlock");
  });

  it("applies a dynamic limit", async () => {
    const redis = connect(current());
    const ratelimit = new Ratelimit({
      redis,
      limiter: Ratelimit.slidingWindow(3, "1 d"),
      dynamicLimits: true,
      ephemeralCache: false,
    });
    await ratelimit.setDynamicLimit({ limit: 1 });
    expect(await ratelimit.getDynamicLimit()).toEqual({ dynamicLimit: 1 });
    expect((await ratelimit.limit("buyer")).limit).toBe(1);
    expect((await ratelimit.limit("buyer")).success).toBe(false);
  });

  it("keeps and reads analytics", async () => {
    const redis = connect(current());
    const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.fixedWindow(1, "1 d"), analytics: true, prefix: "watched" });
    for (let call = 0; call < 3; call += 1) await (await ratelimit.limit("buyer")).pending;
    const keys = await redis.keys("watched:events:*");
    expect(keys.length).toBeGreaterThan(0);
    const counts = await Promise.all(keys.map((key) => redis.zrange<(string | number)[]>(key, 0, -1, { withScores: true })));
    const total = counts.flat().reduce<number>((sum, item) => sum + (typeof item === "number" ? item : 0), 0);
    expect(total).toBe(3);
  });

  describe.each(["fixedWindow", "slidingWindow"] as const)("the %s limiter over two regions", (name) => {
    it("counts in both and resets", async () => {
      const redis = [connect(current()), connect(current())];
      const ratelimit = new MultiRegionRatelimit({ redis, limiter: MultiRegionRatelimit[name](2, "1 d"), analytics: false });
      const answers: Limited[] = [];
      for (let call = 0; call < 3; call += 1) {
        const answer = await ratelimit.limit("buyer");
        await answer.pending;
        answers.push(answer);
      }
      expect(answers.map(({ success }) => success)).toEqual([true, true, false]);
      expect((await ratelimit.getRemaining("buyer")).remaining).toBe(0);
      await ratelimit.resetUsedTokens("buyer");
      await vi.waitFor(async () => expect((await ratelimit.getRemaining("buyer")).remaining).toBe(2));
    });
  });
}

function limiter(upstash: Upstash, algorithm: Limiter, ephemeralCache: Map<string, number> | false): Ratelimit {
  return new Ratelimit({ redis: connect(upstash), limiter: algorithm, ephemeralCache, analytics: false });
}

function threeADay(name: (typeof SINGLE_REGION)[number]): Limiter {
  return name === "tokenBucket" ? Ratelimit.tokenBucket(1, "1 d", 3) : Ratelimit[name](3, "1 d");
}

function oneEachMoment(name: "fixedWindow" | "slidingWindow" | "tokenBucket"): Limiter {
  return name === "tokenBucket" ? Ratelimit.tokenBucket(1, "200 ms", 1) : Ratelimit[name](1, "200 ms");
}
