import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyLines, anyTurns, anyUse, claimed, idsOf, LIMITS, line, plan } from "./plan.fixture";
import { type Limits, planDispatch, turnsSchema, type WaitingLine } from "./plan-dispatch";

const FULL = [0, 10_000, 20_000, 30_000, 40_000, 50_000];

describe("one plan", () => {
  it("claims nothing where nothing waits", () => {
    expect(plan([])).toEqual({ kind: "empty" });
  });

  it("takes what waits into one dispatch, urgent first, each partner's oldest first", () => {
    const lines = [
      line("new", { queuedAtMs: 2 }),
      line("old", { queuedAtMs: 1 }),
      line("urgent", { lane: "urgent", queuedAtMs: 3 }),
    ];
    expect(idsOf(plan(lines))).toEqual(["urgent", "old", "new"]);
    expect(claimed(plan(lines)).more).toBe(false);
  });

  it("lets partners take turns: a single order goes beside an upload", () => {
    const upload = Array.from({ length: 600 }, (_, index) =>
      line(`up-${String(index).padStart(3, "0")}`, { partnerId: "uploader" }),
    );
    const made = claimed(plan([...upload, line("single", { partnerId: "z", productId: 2, queuedAtMs: 9 })]));
    expect(made.lines.map(({ id }) => id)).toContain("single");
    expect(made.lines).toHaveLength(500);
    expect(made.more).toBe(true);
  });

  it("passes over a product that has no room, without holding up the partner's other lines", () => {
    const made = claimed(
      plan([line("full", { productId: 1 }), line("free", { productId: 2, queuedAtMs: 5 })], { use: new Map([[1, FULL]]) }),
    );
    expect(made.lines.map(({ id }) => id)).toEqual(["free"]);
    expect(made).toMatchObject({ productIds: [2], more: false });
  });

  it("says when the first product has room, where none has", () => {
    const use = new Map([
      [1, FULL],
      [2, FULL.map((ageMs) => ageMs + 3_000)],
    ]);
    expect(plan([line("a", { productId: 1 }), line("b", { productId: 2 })], { use })).toEqual({ kind: "wait", waitMs: 7_000 });
  });

  it("fills the room that a large line leaves, and takes that line first the next time, before the urgent lane", () => {
    const small = line("small", { partnerId: "b", quantity: 5 });
    const first = plan([line("half", { quantity: 300 }), line("large", { quantity: 400, queuedAtMs: 1 }), small]);
    expect(idsOf(first)).toEqual(["half", "small"]);
    const rest = [
      line("large", { quantity: 400, queuedAtMs: 1 }),
      line("urgent", { lane: "urgent", partnerId: "c", quantity: 200 }),
    ];
    expect(idsOf(plan(rest, { turns: claimed(first).turns }))).toEqual(["large"]);
  });

  it("merges lines of one product and face value, and counts only the merged ones", () => {
    const limits: Limits = { ...LIMITS, maxLines: 1 };
    const lines = [line("a"), line("b", { queuedAtMs: 1 }), line("other face", { queuedAtMs: 2, faceMinor: 2_500 })];
    expect(idsOf(plan(lines, { limits }))).toEqual(["a", "b"]);
  });
});

describe("any plan", () => {
  const anything = fc.tuple(anyLines(120), anyUse, anyTurns);

  it("keeps its bounds, and claims each line once and only lines that wait", () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 10 }), ([lines, use, turns], maxLines) => {
        const made = plan(lines, { use, turns, limits: { ...LIMITS, maxLines } });
        if (made.kind !== "claim") return;
        const ids = made.lines.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const one of made.lines) expect(lines).toContain(one);
        expect(made.lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThanOrEqual(LIMITS.maxCards);
        expect(new Set(made.lines.map(({ productId, faceMinor }) => `${productId} ${faceMinor}`)).size).toBeLessThanOrEqual(
          maxLines,
        );
        expect(new Set(made.productIds)).toEqual(new Set(made.lines.map(({ productId }) => productId)));
      }),
    );
  });

  it("claims where something has room and waits where nothing has, and never orders a product that is at its limit", () => {
    fc.assert(
      fc.property(anything, ([lines, use, turns]) => {
        const made = plan(lines, { use, turns });
        const isFull = ({ productId }: WaitingLine) => (use.get(productId) ?? []).filter((ageMs) => ageMs < 60_000).length >= 6;
        const isUnused = ({ productId }: WaitingLine) => (use.get(productId) ?? []).length < 4;
        if (lines.every(isFull)) expect(made.kind).toBe("wait");
        if (lines.some(isUnused)) expect(made.kind).toBe("claim");
        if (made.kind === "claim") expect(made.lines.filter(isFull)).toEqual([]);
        if (made.kind === "wait") expect(made.waitMs).toBeGreaterThan(0);
      }),
    );
  });

  it("takes every urgent line before a normal one, but for the one that is owed", () => {
    fc.assert(
      fc.property(anything, ([lines, use, turns]) => {
        const made = plan(lines, { use, turns });
        if (made.kind !== "claim") return;
        const lanes = made.lines.slice(turns.owed.length > 0 ? 1 : 0).map(({ lane }) => lane);
        expect(lanes.lastIndexOf("urgent")).toBeLessThanOrEqual(
          lanes.includes("normal") ? lanes.indexOf("normal") : lanes.length,
        );
      }),
    );
  });

  it("claims one partner's lines of one product in the order in which they came", () => {
    fc.assert(
      fc.property(anyLines(120, 5), anyUse, (lines, use) => {
        const made = plan(lines, { use });
        if (made.kind !== "claim") return;
        const last = new Map<string, number>();
        for (const { lane, partnerId, productId, queuedAtMs } of made.lines) {
          const key = `${lane} ${partnerId} ${productId}`;
          expect(queuedAtMs).toBeGreaterThanOrEqual(last.get(key) ?? 0);
          last.set(key, queuedAtMs);
        }
      }),
    );
  });

  it("is the same for the same queue, in whatever order it was read, and its turns can be kept as JSON", () => {
    fc.assert(
      fc.property(anything, ([lines, use, turns]) => {
        const made = plan(lines, { use, turns });
        expect(plan([...lines].reverse(), { use, turns })).toEqual(made);
        if (made.kind === "claim") expect(turnsSchema.parse(JSON.parse(JSON.stringify(made.turns)))).toEqual(made.turns);
      }),
    );
  });
});

it("plans three thousand lines in a few milliseconds", () => {
  const lines = Array.from({ length: 3_000 }, (_, index) =>
    line(`line-${index}`, { partnerId: `p${index % 50}`, productId: index % 211, quantity: 1 + (index % 5), queuedAtMs: index }),
  );
  const queue = { lines, weights: new Map(), heavy: new Set<string>(), turns: claimed(plan(lines)).turns };
  const tookMs = Array.from({ length: 20 }, () => {
    const startedAt = performance.now();
    planDispatch(queue, new Map(), LIMITS);
    return performance.now() - startedAt;
  });
  // Far above what it takes on an idle machine: this finds a plan that grows with the square of the queue.
  expect(Math.min(...tookMs)).toBeLessThan(50);
});
