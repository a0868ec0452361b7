/** Waits of this process. Bounded, so that a wrong sum never parks a worker for hours. */
const MAX_WAIT_MS = 120_000;

export function sleep(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(Math.max(durationMs, 0), MAX_WAIT_MS)));
}
