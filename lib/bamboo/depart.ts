import type { Because, Endpoint } from "./budgets";
import { runTurnScript } from "./turn-script";

/**
 * ARGV: lateMs, aheadMs, the number of products, their ids, then those of which the ticket holds a place that it does not need. Answers
 * {1, microseconds until its moment, 'go'}, or {0, waitMs, why}; then the time in microseconds.
 */
const DEPART = `
local ids, last = {}, 10 + tonumber(ARGV[10])
for i = 11, last do ids[#ids + 1] = ARGV[i] end
local answer = depart(ids, tonumber(ARGV[8]), tonumber(ARGV[9]))
if answer[1] == 1 then dropPlaces(last + 1) end
answer[4] = math.floor(now * 1000)
return answer
`;

const MICROSECONDS = 1_000;

/** `redisMs` is when the script ran, on Redis' clock; `waitMs` of "go" counts from then and has fractions. */
export type Departure = { redisMs: number } & (
  | { kind: "go"; waitMs: number }
  | { kind: "not_now"; waitMs: number; because: Because | "product" }
);

interface Departing {
  endpoint: Endpoint;
  ticket: string;
  productIds?: readonly number[];
  /** Held by the ticket, and not needed after all. */
  unusedIds?: readonly number[];
  /** How much longer this call may take to arrive than another. */
  lateMs?: number;
  /** How far ahead a moment may be granted. */
  aheadMs?: number;
}

/**
 * The arbiter: grants the call a moment, at once or up to `aheadMs` ahead, at which it is to be sent, or says how long it has to wait.
 * Whoever asks again for the same ticket says with it that nothing was sent yet.
 */
export async function depart(departing: Departing): Promise<Departure> {
  const { endpoint, ticket, productIds = [], unusedIds = [], lateMs = 0, aheadMs = 0 } = departing;
  const own = [lateMs, aheadMs, productIds.length, ...productIds, ...unusedIds];
  const answer = await runTurnScript<[number, number, Because | "product", number]>(DEPART, endpoint, ticket, own);
  const [goes, wait, because, micros] = answer;
  const redisMs = micros / MICROSECONDS;
  return goes === 1 ? { kind: "go", waitMs: wait / MICROSECONDS, redisMs } : { kind: "not_now", waitMs: wait, because, redisMs };
}
