import { parseArgs } from "node:util";

export interface BenchArguments<Name extends string> {
  /** Absent: list what there is. */
  name?: Name;
  /** Absent: as long as that bench takes by itself. */
  seconds?: number;
  /** Only cells whose name contains this; absent: all. */
  only?: string;
}

const MAX_SECONDS = 600;

/** Reads the command line. Throws, with what would be right, for a name or an option that is none. */
export function readArguments<Name extends string>(args: string[], names: readonly Name[]): BenchArguments<Name> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { seconds: { type: "string" }, only: { type: "string" } },
  });
  const [given, ...rest] = positionals;
  if (rest.length > 0) throw new Error(`One bench at a time: ${given}, or ${rest.join(", ")}?`);
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
  if (seconds !== undefined && !(seconds > 0 && seconds <= MAX_SECONDS))
    throw new Error(`--seconds takes a number above 0 and up to ${MAX_SECONDS}, not "${values.seconds}".`);
  if (given === undefined) return {};
  const name = names.find((known) => known === given);
  if (name === undefined) throw new Error(`There is no bench named ${given}. There are: ${names.join(", ")}.`);
  return { name, ...(seconds === undefined ? {} : { seconds }), ...(values.only === undefined ? {} : { only: values.only }) };
}
