import { parseArgs } from "node:util";

export interface BenchArguments<Name extends string> {
  /** Absent: list what there is. */
  name?: Name;
  seconds: number;
}

const DEFAULT_SECONDS = 4;
const MAX_SECONDS = 600;

/** Reads the command line. Throws, with what would be right, for a name or an option that is none. */
export function readArguments<Name extends string>(args: string[], names: readonly Name[]): BenchArguments<Name> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { seconds: { type: "string" } } });
  const [given, ...rest] = positionals;
  if (rest.length > 0) throw new Error(`One bench at a time: ${given}, or ${rest.join(", ")}?`);
  const seconds = values.seconds === undefined ? DEFAULT_SECONDS : Number(values.seconds);
  if (!(seconds > 0 && seconds <= MAX_SECONDS))
    throw new Error(`--seconds takes a number above 0 and up to ${MAX_SECONDS}, not "${values.seconds}".`);
  if (given === undefined) return { seconds };
  const name = names.find((known) => known === given);
  if (name === undefined) throw new Error(`There is no bench named ${given}. There are: ${names.join(", ")}.`);
  return { name, seconds };
}
