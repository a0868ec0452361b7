import { expect, test } from "vitest";
import { readCounts } from "./counts";
import { choosePhases } from "./phases";
import { summaryLine } from "./summary";

test("vitest's report is counted", () => {
  const report = JSON.stringify({ numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0, testResults: [] });
  expect(readCounts("vitest", report)).toEqual({ passed: 7, failed: 1, skipped: 2 });
});

test("Playwright's report is counted, and flaky is failed", () => {
  const report = JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3, duration: 9 } });
  expect(readCounts("playwright", report)).toEqual({ passed: 5, failed: 2, skipped: 3 });
});

test("a report of another form is an error, not a zero", () => {
  expect(() => readCounts("vitest", "{}")).toThrow();
});

test("the summary adds up, and a phase that fails without a failed test counts as one", () => {
  const fine = { exitCode: 0, passed: 10, failed: 0 };
  expect(summaryLine([fine, { ...fine, passed: 5 }])).toBe("15 passed, 0 failed");
  expect(summaryLine([fine, { exitCode: 1, passed: 3, failed: 2 }])).toBe("13 passed, 2 failed");
  expect(summaryLine([{ exitCode: 2, passed: 0, failed: 0 }])).toBe("0 passed, 1 failed");
});

test("phases run in their own order, all of them by default, and an unknown one is refused by name", () => {
  expect(choosePhases([]).map((phase) => phase.name)).toEqual([
    "types",
    "lint",
    "unit",
    "integration",
    "models",
    "simulate",
    "e2e",
    "faults",
  ]);
  expect(choosePhases(["e2e", "unit"]).map((phase) => phase.name)).toEqual(["unit", "e2e"]);
  expect(() => choosePhases(["units"])).toThrow("No test phase is named units");
});
