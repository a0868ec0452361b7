import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { drive } from "./drive";
import { emptySample } from "./sample";

const never = new AbortController().signal;

test("each client works one piece after the other, and every piece is counted", async () => {
  const sample = emptySample();
  const busy = new Set<number>();
  let pieces = 0;
  const act = async (client: number) => {
    expect(busy.has(client)).toBe(false);
    busy.add(client);
    await sleep(1);
    busy.delete(client);
    pieces += 1;
  };
  await drive({ clients: 3, durationMs: 20, signal: never, act }, sample);
  expect(pieces).toBeGreaterThanOrEqual(3);
  expect(sample.latenciesMs).toHaveLength(pieces);
  expect(sample.tookMs).toBeGreaterThanOrEqual(19);
});

test("rounds of one cell add up", async () => {
  const sample = emptySample();
  const round = () => drive({ clients: 1, durationMs: 5, signal: never, act: () => sleep(1) }, sample);
  await round();
  const { tookMs } = sample;
  await round();
  expect(sample.tookMs).toBeGreaterThan(tookMs);
});

test("the first failure ends it, and so does being called off", async () => {
  const act = () => Promise.reject(new Error("refused"));
  await expect(drive({ clients: 2, durationMs: 10_000, signal: never, act })).rejects.toThrow("refused");
  const signal = AbortSignal.abort(new Error("called off"));
  await expect(drive({ clients: 2, durationMs: 10_000, signal, act })).rejects.toThrow("called off");
});
