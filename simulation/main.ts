import { emptyTally } from "./engine/tally";
import { type Options, parseOptions, USAGE } from "./options";
import { jsonOf, perSecond, tableOf } from "./report";
import { runMany } from "./run-many";
import { runSeed, type SeedResult } from "./run-seed";

/** The fault simulator (README.md): exits 0 when every invariant held, 1 when one did not, 2 when the command line is wrong. */
const PROGRESS_MS = 5_000;
const LAST_LINES = 300;
const ACTOR_WIDTH = 9;
const TIME_WIDTH = 11;

let stopping = false;
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const options = read(args);
  if (!options) return 2;
  return options.traced ? tellOne(options) : runAll(options);
}

function read(args: readonly string[]): Options | null {
  try {
    return parseOptions(args);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    console.error(message.includes(USAGE) ? message : `${message}\n${USAGE}`);
    return null;
  }
}

/** One seed with all that happened. */
function tellOne(options: Options): number {
  const { result, lines } = traced(options);
  for (const line of lines) console.log(line);
  if (result.violation) console.log(verdict(result, options));
  console.log(JSON.stringify({ seeds: 1, violations: result.violation ? 1 : 0, seed: result.seed, events: result.events }));
  return result.violation ? 1 : 0;
}

async function runAll(options: Options): Promise<number> {
  const { seed, seeds, workers } = options;
  console.log(`Simulating seeds ${seed} to ${seed + seeds - 1} on ${workers} cores. Ctrl-C stops and reports what was run.`);
  process.once("SIGINT", () => {
    stopping = true;
    process.once("SIGINT", () => process.exit(130));
  });
  const startedAt = performance.now();
  let toldAt = startedAt;
  const progress = (tally: { seeds: number }) => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_MS) return;
    toldAt = now;
    const rate = Math.round(perSecond(tally.seeds, (now - startedAt) / 1_000));
    console.log(
      `  ${tally.seeds.toLocaleString("en")} of ${seeds.toLocaleString("en")} seeds, ${rate.toLocaleString("en")} a second`,
    );
  };
  const totals = await runMany(options, progress, () => stopping);
  console.log(tableOf(totals));
  if (totals.failed) tellFailure(totals.failed, options);
  console.log(`\n${jsonOf(totals)}`);
  return totals.failed ? 1 : 0;
}

/** Runs the failed seed again, which gives the same, and tells its end. */
function tellFailure(failed: SeedResult, options: Options): void {
  const { lines } = traced({ ...options, seed: failed.seed });
  const left = lines.length - LAST_LINES;
  console.log(`\nSeed ${failed.seed} in virtual seconds${left > 0 ? `, without its first ${left} lines` : ""}:`);
  for (const line of lines.slice(-LAST_LINES)) console.log(line);
  console.log(verdict(failed, options));
}

function traced({ seed, only }: Options): { result: SeedResult; lines: string[] } {
  const lines: string[] = [];
  const trace = (atMs: number, actor: string, text: string) =>
    lines.push(`${(atMs / 1_000).toFixed(3).padStart(TIME_WIDTH)}  ${actor.padEnd(ACTOR_WIDTH)} ${text}`);
  return { result: runSeed({ seed, tally: emptyTally(), only, trace }), lines };
}

function verdict({ seed, violation }: SeedResult, { only }: Options): string {
  const faults = only ? ` --fault ${[...only].join(",")}` : "";
  return `\nSeed ${seed} violates "${violation?.invariant}": ${violation?.detail}\nRun it by itself: npm run simulate -- --seed ${seed}${faults}`;
}
