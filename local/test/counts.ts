import { z } from "zod";

export interface Counts {
  passed: number;
  failed: number;
  /** Skipped or left undone: told, and in neither sum. */
  skipped: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** The counts of a runner's JSON report. A flow that passed at its second try only is a failure here: it would teach people to ignore red. */
export function readCounts(runner: "vitest" | "playwright", report: string): Counts {
  const json: unknown = JSON.parse(report);
  if (runner === "vitest") {
    const counts = vitestReport.parse(json);
    return {
      passed: counts.numPassedTests,
      failed: counts.numFailedTests,
      skipped: counts.numPendingTests + counts.numTodoTests,
    };
  }
  const { stats } = playwrightReport.parse(json);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}
