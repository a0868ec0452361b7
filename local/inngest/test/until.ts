const STEP_MS = 5;
const DEFAULT_TIMEOUT_MS = 10_000;

/** Waits until the condition gives something, looking every few milliseconds; throws naming what did not come. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<T> {
  const endMs = Date.now() + timeoutMs;
  while (Date.now() < endMs) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await pause(STEP_MS);
  }
  throw new Error(`${what} did not come within ${timeoutMs} ms`);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
