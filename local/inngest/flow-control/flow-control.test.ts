import { describe, expect, it } from "vitest";
import { compileFunction } from "../apps/compile-function";
import type { Item } from "../store/rows";
import { Admission } from "./admission";
import { gcra } from "./gcra";

describe("gcra", () => {
  it("lets limit + burst start at once, then one each period / limit", () => {
    const throttle = { limit: 2, periodMs: 1000, burst: 1 };
    let arrivalMs = 0;
    let nowMs = 10_000;
    const starts: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      let answer = gcra(throttle, arrivalMs, nowMs);
      if (!answer.allowed) {
        nowMs = answer.atMs;
        answer = gcra(throttle, arrivalMs, nowMs);
      }
      if (answer.allowed) arrivalMs = answer.arrivalMs;
      starts.push(nowMs);
    }
    expect(starts).toEqual([10_000, 10_000, 10_000, 10_500, 11_000, 11_500]);
  });
});

function item(change: Partial<Item> = {}): Item {
  return {
    id: "i",
    kind: "call",
    runId: "r",
    functionId: "f",
    stepId: "step",
    eventId: null,
    payload: null,
    attempt: 0,
    starts: true,
    dueMs: 0,
    score: 0,
    concurrencyKeys: ["f|0|a"],
    throttleKey: null,
    ...change,
  };
}

function admission(options: { concurrency?: number; throttle?: { limit: number; period: string } }): Admission {
  const steps = { step: { id: "step", name: "step", runtime: { type: "http" as const, url: "http://127.0.0.1/x" } } };
  const fn = compileFunction("f", "app", { id: "slug", triggers: [], steps, ...options });
  return new Admission((id) => (id === "f" ? fn : undefined));
}

describe("Admission", () => {
  it("counts what runs for each key and names the full ones", () => {
    const gate = admission({ concurrency: 2 });
    expect([1, 2, 3].map(() => gate.admit(item(), 0).admitted)).toEqual([true, true, false]);
    expect(gate.blocked(0).concurrencyKeys).toEqual(["f|0|a"]);
    expect(gate.admit(item({ concurrencyKeys: ["f|0|b"] }), 0).admitted).toBe(true);
    gate.release(item());
    expect(gate.admit(item(), 0).admitted).toBe(true);
  });

  it("takes 0 for no limit, and admits what is not a call", () => {
    const gate = admission({ concurrency: 0 });
    expect([1, 2, 3].every(() => gate.admit(item(), 0).admitted)).toBe(true);
    expect(admission({ concurrency: 1 }).admit(item({ kind: "resolve" }), 0)).toEqual({ admitted: true });
  });

  it("holds a throttled key until it opens, and takes no place for what it holds", () => {
    const gate = admission({ concurrency: 5, throttle: { limit: 1, period: "1s" } });
    const start = item({ throttleKey: "f|" });
    expect(gate.admit(start, 1000)).toEqual({ admitted: true, arrivalMs: 2000 });
    expect(gate.admit(start, 1001)).toEqual({ admitted: false });
    expect([gate.blocked(1500).throttleKeys, gate.nextOpeningMs()]).toEqual([["f|"], 2000]);
    expect(gate.blocked(2000).throttleKeys).toEqual([]);
    expect(gate.admit(start, 2000).admitted).toBe(true);
    expect(gate.forget(1_000_000)).toEqual(["f|"]);
  });

  it("remembers throttles across a restart", () => {
    const gate = admission({ throttle: { limit: 1, period: "1s" } });
    gate.restore([["f|", 5000]]);
    expect(gate.admit(item({ throttleKey: "f|" }), 4000).admitted).toBe(false);
  });
});
