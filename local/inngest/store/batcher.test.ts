import { expect, it } from "vitest";
import { Batcher } from "./batcher";

it("flushes together what comes while it is busy, and fails only what is bad", async () => {
  const flushed: number[][] = [];
  const batcher = new Batcher<number>(async (entries) => {
    flushed.push(entries);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (entries.includes(13)) throw new Error("unlucky");
  });
  await batcher.add(1);
  const results = await Promise.allSettled([2, 13, 3].map((entry) => batcher.add(entry)));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(flushed).toEqual([[1], [2, 13, 3], [2], [13], [3]]);
  await batcher.idle();
});
