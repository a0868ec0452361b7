const MAX_TRIES = 60;
const PAUSE_MS = 500;
/** Classes of SQLSTATE that another try will not change: data, constraints, syntax, size. */
const LASTING = /^(22|23|42|54)/;

/**
 * Repeats a write while the database is away: the answer of a step that has run must not be lost for a restart of the
 * database. Gives up after half a minute, or at once on an error of the data itself.
 */
export async function writeUntilDone(
  write: () => Promise<void>,
  host: { log: (line: string) => void; stopped: () => boolean },
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt >= MAX_TRIES || isLasting(error) || host.stopped()) throw error;
      host.log(`a write failed (${error instanceof Error ? error.message : String(error)}), trying again`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** The data cannot be stored, now or later: nested too deeply, or a NUL where text is expected. */
export function isLasting(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof TypeError) return true;
  return error instanceof Error && "code" in error && LASTING.test(String(error.code));
}
