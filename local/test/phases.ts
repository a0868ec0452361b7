import { join } from "node:path";
import { NEXT_BIN, ROOT, tsxArgs } from "../up/root";

export interface TestPhase {
  name: string;
  title: string;
  /** Arguments of Node for each command, one after the other; `report` is where a JSON report is wanted. */
  commands: (report: string) => string[][];
  /** Who writes the report that the counts are read from. */
  counted?: "vitest" | "playwright";
  timeoutMs: number;
}

export interface PhaseResult {
  exitCode: number;
  passed: number;
  failed: number;
  skipped: number;
  /** One line for the table at the end. */
  line: string;
}

const bin = (...path: string[]): string => join(ROOT, "node_modules", ...path);
const VITEST = bin("vitest", "vitest.mjs");
const MINUTE_MS = 60_000;
const SIMULATED_SEEDS = 50_000;

const vitest = (project: string) => (report: string) => [
  [VITEST, "run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
];

/** In the order of cost: what fails in seconds is not learned after minutes. */
const PHASES: TestPhase[] = [
  {
    name: "types",
    title: "Types",
    // The routes' own types are made by Next; a fresh clone has none.
    commands: () => [
      [NEXT_BIN, "typegen"],
      [bin("typescript", "bin", "tsc"), "--noEmit"],
    ],
    timeoutMs: 5 * MINUTE_MS,
  },
  {
    name: "lint",
    title: "Lint and arrows",
    commands: () => [[bin("@biomejs", "biome", "bin", "biome"), "check", "."], tsxArgs("local/check/arrows.ts")],
    timeoutMs: 2 * MINUTE_MS,
  },
  { name: "unit", title: "Unit", commands: vitest("unit"), counted: "vitest", timeoutMs: 6 * MINUTE_MS },
  { name: "integration", title: "Integration", commands: vitest("integration"), counted: "vitest", timeoutMs: 6 * MINUTE_MS },
  {
    name: "models",
    title: "Ledger and orders against models",
    commands: vitest("models"),
    counted: "vitest",
    timeoutMs: 6 * MINUTE_MS,
  },
  {
    name: "simulate",
    title: "Simulated faults",
    commands: () => [[...tsxArgs("simulation/main.ts"), "--seeds", String(SIMULATED_SEEDS)]],
    timeoutMs: 5 * MINUTE_MS,
  },
  {
    name: "e2e",
    title: "End to end, in a browser on the production build",
    commands: () => [[bin("@playwright", "test", "cli.js"), "test", "--reporter=list,json"]],
    counted: "playwright",
    timeoutMs: 10 * MINUTE_MS,
  },
  // After the flows, whose build it uses.
  {
    name: "faults",
    title: "Crashes of the real parts",
    commands: vitest("faults"),
    counted: "vitest",
    timeoutMs: 10 * MINUTE_MS,
  },
];

/** The phases asked for by name, in their own order; all of them when none is named. Throws on a name that is none. */
export function choosePhases(names: string[]): TestPhase[] {
  const unknown = names.filter((name) => !PHASES.some((phase) => phase.name === name));
  if (unknown.length > 0)
    throw new Error(`No test phase is named ${unknown.join(", ")}. There are: ${PHASES.map((phase) => phase.name).join(", ")}.`);
  return names.length === 0 ? PHASES : PHASES.filter((phase) => names.includes(phase.name));
}
