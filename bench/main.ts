import { accept } from "./accept";
import { readArguments } from "./arguments";
import type { Bench } from "./bench";
import { catalog } from "./catalog";
import { coalesce } from "./coalesce";
import { estimates } from "./estimates";
import { fairness } from "./fairness";
import { latency } from "./latency";
import { ledger } from "./ledger";
import { supplier } from "./supplier";

const BENCHES = { ledger, accept, supplier, latency, estimates, coalesce, fairness, catalog } as const satisfies Record<
  string,
  Bench
>;
const NAMES = Object.keys(BENCHES) as (keyof typeof BENCHES)[];
const USAGE =
  "Usage: npm run bench -- NAME [--seconds N] [--only TEXT]   (N for each cell, each bench has its own default; only cells so named)";
const DEFAULT_SECONDS = 4;

const { name, seconds, only } = chosen();
const callingOff = new AbortController();

async function main(): Promise<void> {
  if (name === undefined) {
    console.log([USAGE, "", ...NAMES.map((known) => `  ${known.padEnd(8)} ${BENCHES[known].title}`)].join("\n"));
    return;
  }
  const bench: Bench = BENCHES[name];
  console.log(`${bench.title}\n${bench.starts}\nCtrl-C stops it; what it started ends with it, and its data go.\n`);
  const figures = await bench.run({
    seconds: seconds ?? bench.seconds ?? DEFAULT_SECONDS,
    ...(only === undefined ? {} : { only }),
    signal: callOffWhenAsked(),
    say: console.log,
  });
  console.log(`\n${JSON.stringify(figures)}`);
}

/** A wrong word is answered with what would be right, not with a stack. */
function chosen() {
  try {
    return readArguments(process.argv.slice(2), NAMES);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

/** The second Ctrl-C is the system's own, and ends all at once. */
function callOffWhenAsked(): AbortSignal {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => callingOff.abort(new Error(`Called off (${signal}). Nothing is left running, and no data.`)));
  }
  return callingOff.signal;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(callingOff.signal.aborted ? String(callingOff.signal.reason) : error);
    process.exit(1);
  },
);
