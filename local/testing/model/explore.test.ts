import fc from "fast-check";
import { expect, test } from "vitest";
import { explore, LANES } from "./explore";

const command = fc.integer({ min: 0, max: 100 });

test("runs as many sequences as asked for, the same ones each time", async () => {
  const seen = async () => {
    const sequences: string[] = [];
    const ran = await explore({
      command,
      sequences: 40,
      run: async (lane, commands) => {
        sequences.push(`${lane}: ${commands.join(" ")}`);
      },
    });
    expect(ran.sequences).toBeGreaterThanOrEqual(40);
    expect(sequences).toHaveLength(ran.sequences);
    return sequences.sort();
  };
  expect(await seen()).toEqual(await seen());
});

test("a failure names its seed and a shortest sequence, and stops the other lanes", async () => {
  let after = 0;
  let failed = false;
  const exploring = explore({
    command,
    sequences: 80 * LANES,
    run: async (lane, commands) => {
      if (failed && lane !== 3) after += 1;
      if (lane !== 3 || !commands.some((one) => one > 70)) return;
      failed = true;
      throw new Error("more than seventy");
    },
  });
  await expect(exploring).rejects.toThrow(/Lane 3, MODEL_SEED=\d+: .*path: .*\[\[(?:0,)*71(?:,0)*\]\]/s);
  expect(failed).toBe(true);
  // Each other lane may be in the middle of one.
  expect(after).toBeLessThan(LANES);
});
