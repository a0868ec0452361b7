import { setTimeout as sleep } from "node:timers/promises";

export interface WaitOptions {
  what: string;
  timeoutMs: number;
  signal: AbortSignal;
  /** Answers "" when it is there, else why not yet: the last of these is in the error. */
  probe: () => Promise<string>;
  pollMs?: number;
}

const POLL_MS = 150;

/** Asks until the probe is content. Throws with its last answer when the time is over, and at once when called off. */
export async function waitFor({ what, timeoutMs, signal, probe, pollMs = POLL_MS }: WaitOptions): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last = "";
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    last = await probe().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (last === "") return;
    await sleep(pollMs);
  }
  throw new Error(`${what} did not come up in ${timeoutMs / 1000} s: ${last}`);
}
