import { type Because, type Endpoint, SETTLING_MS } from "./budgets";
import { runTurnScript } from "./turn-script";

/**
 * Gives the ticket the next moment in the endpoint's timetable, first come first served. `eager` lets it depart in the same step where that
 * moment is now. ARGV: maxWaitMs, settlingMs, eager, lateMs. Answers {1, waitMs, 'turn' or 'departed', whether it
 * is the breaker's probe}; {0, waitMs, why} where nothing was
 * reserved; {-1, 0, ''} when the memory is gone and is to be refilled: not before it has settled.
 */
const RESERVE = `
if redis.call('EXISTS', marker) == 0 then
  local settled = number(redis.call('GET', settling))
  if settled == 0 then
    settled = now + tonumber(ARGV[9])
    redis.call('SET', settling, settled, 'PX', DAY_MS)
  end
  if now < settled then return {0, math.ceil(settled - now), 'settling'} end
  return {-1, 0, ''}
end
local broken = breakerWait()
if broken > 0 then return {0, math.ceil(broken), 'breaker'} end
redis.call('ZREM', turns, ticket)
local freeAt = math.max(now, roomAt(turns, widened()))
local at = math.max(freeAt, number(redis.call('GET', pause)))
if at - now > tonumber(ARGV[8]) then return {0, math.ceil(at - now), at > freeAt and 'paused' or 'limit'} end
keep(turns, at)
takeProbe()
if ARGV[10] == '1' and at == now and depart({}, tonumber(ARGV[11]), 0)[1] == 1 then return {1, 0, 'departed', 0} end
return {1, math.floor(at - now), 'turn', redis.call('HEXISTS', breaker, 'openUntil')}
`;

export type Reservation =
  | { kind: "turn"; waitMs: number; departed: boolean; probe: boolean }
  | { kind: "not_now"; waitMs: number; because: Because };

interface Reserving {
  endpoint: Endpoint;
  ticket: string;
  maxWaitMs: number;
  /** For calls that need no planning between the turn and its use. */
  eager?: boolean;
  lateMs?: number;
}

type Answer = [kind: number, waitMs: number, word: "turn" | "departed" | Because, probe?: number];

/** A wait beyond `maxWaitMs` is answered, not reserved. `warm` refills a lost memory. */
export async function reserve(reserving: Reserving, warm: () => Promise<void>): Promise<Reservation> {
  let answer = await ask(reserving);
  if (answer[0] === -1) {
    await warm();
    answer = await ask(reserving);
    if (answer[0] === -1) throw new Error("The limits' memory was refilled and lost again at once; is Redis evicting keys?");
  }
  const [, waitMs, word, probe] = answer;
  if (word === "turn" || word === "departed") return { kind: "turn", waitMs, departed: word === "departed", probe: probe === 1 };
  return { kind: "not_now", waitMs, because: word };
}

function ask({ endpoint, ticket, maxWaitMs, eager = false, lateMs = 0 }: Reserving): Promise<Answer> {
  return runTurnScript<Answer>(RESERVE, endpoint, ticket, [Math.floor(maxWaitMs), SETTLING_MS, eager ? 1 : 0, lateMs]);
}
