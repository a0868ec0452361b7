import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { choosePhases, type PhaseResult } from "./test/phases";
import { runPhase } from "./test/run-phase";
import { summaryLine } from "./test/summary";
import { ROOT } from "./up/root";

/** `npm test [-- types|lint|unit|integration|e2e ...]`: everything in order, stopping at the first failure. */
async function main(): Promise<number> {
  const phases = choosePhases(process.argv.slice(2));
  const reports = join(ROOT, ".data", "test");
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const results: PhaseResult[] = [];
  for (const phase of phases) {
    const result = await runPhase(phase, reports);
    results.push(result);
    if (result.exitCode !== 0) {
      const left = phases.slice(phases.indexOf(phase) + 1).map((later) => later.name);
      console.log(
        `\n${phase.title} failed.${left.length > 0 ? ` Not run: ${left.join(", ")}.` : ""} Again, this one only: npm test -- ${phase.name}`,
      );
      break;
    }
  }
  console.log(`\n${results.map((result) => result.line).join("\n")}\n\n${summaryLine(results)}`);
  return results.every((result) => result.exitCode === 0) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
