import fc from "fast-check";

/** Sequences that run at once. Each lane lives in a world of its own, so that only the database's locks join them. */
export const LANES = 8;
const MIN_COMMANDS = 5;
const MAX_COMMANDS = 12;
/** Fixed, so that a run is the same run again; MODEL_SEED tries others. */
const SEED = Number(process.env.MODEL_SEED ?? 20_261_123);
/** A longer search than the suite's own. */
const MORE_SEQUENCES = Number(process.env.MODEL_SEQUENCES ?? 0);
/** How long a lane may look for a shorter failure. */
const MAX_SHRINKS_MS = 30_000;

export interface Exploration<Command> {
  command: fc.Arbitrary<Command>;
  /** How many sequences at least, over all lanes. */
  sequences: number;
  /** Runs one sequence in a fresh world and throws where the database and the model differ. */
  run: (lane: number, commands: readonly Command[]) => Promise<void>;
}

/**
 * Runs random sequences of commands, several at once, and shortens one that fails. The error names the seed, the path to the failure and
 * the shortest sequence found. Answers how much was run.
 */
export async function explore<Command>({ command, sequences, run }: Exploration<Command>) {
  const ran = { sequences: 0, commands: 0 };
  const failure: { lane?: number; atMs?: number } = {};
  const inLane = async (lane: number, commands: readonly Command[]) => {
    // The others stop at a failure. Its own lane looks for a shorter one for a while; past that everything passes.
    if (failure.lane !== undefined && failure.lane !== lane) return;
    if (failure.atMs !== undefined && performance.now() - failure.atMs > MAX_SHRINKS_MS) return;
    try {
      await run(lane, commands);
    } catch (error) {
      failure.lane ??= lane;
      failure.atMs ??= performance.now();
      if (failure.lane === lane) throw error;
      return;
    }
    ran.sequences += 1;
    ran.commands += commands.length;
  };
  const each = Math.ceil(Math.max(sequences, MORE_SEQUENCES) / LANES);
  const lanes = Array.from({ length: LANES }, (_, lane) => exploreLane(lane, { command, sequences: each, run: inLane }));
  for (const result of await Promise.allSettled(lanes)) if (result.status === "rejected") throw result.reason;
  return ran;
}

async function exploreLane<Command>(lane: number, { command, sequences, run }: Exploration<Command>): Promise<void> {
  const sequence = fc.array(command, { minLength: MIN_COMMANDS, maxLength: MAX_COMMANDS, size: "max" });
  await fc.assert(
    fc.asyncProperty(sequence, (commands) => run(lane, commands)),
    {
      seed: SEED + lane,
      numRuns: sequences,
      reporter: (details) => {
        if (!details.failed) return;
        throw new Error(`Lane ${lane}, MODEL_SEED=${SEED}: ${fc.defaultReportMessage(details)}`, {
          cause: details.errorInstance,
        });
      },
    },
  );
}
