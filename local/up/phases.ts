const NAME_WIDTH = 34;

export type Log = (line: string) => void;

/** Runs one phase of the start and prints one line when it is over: what, and in how many seconds. */
export async function phase<T>(log: Log, name: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  log(`  ${name.padEnd(NAME_WIDTH)} ${seconds(performance.now() - startedAt)}`);
  return result;
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`.padStart(7);
