import type { PhaseResult } from "./phases";

/** The last line of `npm test`. A phase that failed without a failed test of its own (types, lint, a crash) counts as one. */
export function summaryLine(results: Pick<PhaseResult, "exitCode" | "passed" | "failed">[]): string {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + (result.exitCode !== 0 ? Math.max(1, result.failed) : result.failed), 0);
  return `${passed} passed, ${failed} failed`;
}
