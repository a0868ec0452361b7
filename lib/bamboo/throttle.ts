import type { Endpoint } from "./budgets";
import { runTurnScript } from "./turn-script";

const WAIT_PATTERN = /wait\s+(?:for\s+)?(\d+)\s+seconds?/i;
const MAX_WAIT_SECONDS = 3_900;
const DEFAULT_WAIT_SECONDS = 10;

/** Seconds that a 429 asks for: the header first, then the sentence in JSON or plain text, else a cautious default. */
export function throttleSeconds(retryAfter: string | null, body: string): number {
  const fromHeader = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  const fromText = WAIT_PATTERN.exec(body)?.[1];
  const seconds = fromHeader ?? (fromText === undefined ? DEFAULT_WAIT_SECONDS : Number(fromText));
  return Math.min(Math.max(seconds, 1), MAX_WAIT_SECONDS);
}

const PAUSE = "pauseFor(tonumber(ARGV[8])) return 1";

/** Stops the endpoint for every instance until the time is over. A shorter pause never cuts a longer one. */
export async function pauseEndpoint(endpoint: Endpoint, seconds: number): Promise<void> {
  await runTurnScript<number>(PAUSE, endpoint, "", [seconds * 1_000]);
}
