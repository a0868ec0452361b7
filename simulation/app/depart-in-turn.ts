import { redis, reservationAnswer, sleep } from "../engine/awaits";
import { Outage } from "../engine/failures";
import { happens } from "../engine/faults";
import { count } from "../engine/tally";
import type { Awaits, Process } from "../engine/tasks";
import type { World } from "../engine/world";
import { depart } from "../outside/budget";
import { hasOpenWay, NEW_WAY_MS } from "../outside/sockets";
import { budgetOf, giveBackTurn, type Limited, loseMemory, type NotNow, PRODUCT_BUDGET, type Turn } from "./turns";

const MAX_SHORT_WAIT_MS = 3_000;
const MAX_ASKS = 12;
const MAX_LATE_MS = 20;
const MAX_TOLD_LATE_MS = 500;
const ENOUGH_ASKS_WAIT_MS = 500;
const TRIPS_KEPT = 20;
const MAX_TRIP_MS = 100;
/** The default of BAMBOO_GUARD_MS. */
export const GUARD_MS = 75;

export type Departed = { kind: "go"; askedAtMs: number };

/** Follows lib/bamboo/depart-in-turn.ts: sleeps until the turn is due and asks to depart; the caller sends at once. */
export function* departInTurn(
  world: World,
  process: Process,
  turn: Turn,
  productIds: readonly number[],
): Awaits<Departed | NotNow> {
  const { departed, endpoint, ticket, held } = turn;
  if (departed && latenessMs(world, process, departed.atMs) <= MAX_LATE_MS && !isTaken(world, process, departed.openWay))
    return { kind: "go", askedAtMs: departed.atMs };
  const needed = world.planted === "places-not-taken" ? [] : productIds;
  const unusedIds = held.size > 0 ? [...held].filter((id) => !needed.includes(id)) : [];
  let refusal: NotNow = { kind: "not_now", waitMs: ENOUGH_ASKS_WAIT_MS, because: "limit" };
  let toldLateMs = 0;
  let askAtMs = turn.dueAtMs;
  for (let asks = 0; asks < MAX_ASKS; asks++) {
    if (askAtMs > world.nowMs) yield sleep(world, askAtMs - world.nowMs);
    const openWay = hasOpenWay(process, world.nowMs);
    const lateMs = toldLateMs + (openWay ? 0 : NEW_WAY_MS);
    const askedAtMs = world.nowMs;
    if (happens(world, "redis-forgets")) loseMemory(world);
    yield redis(world);
    const answer = departFor(world, endpoint, ticket, lateMs, needed, unusedIds);
    const backMs = reservationAnswer(world);
    if (backMs > 0) yield backMs;
    learnTrip(process, world.nowMs - askedAtMs);
    if (answer.kind === "go") {
      const late = latenessMs(world, process, askedAtMs);
      const taken = isTaken(world, process, openWay);
      if (late <= MAX_LATE_MS + toldLateMs && !taken) return { kind: "go", askedAtMs };
      count(world.tally.facts, "departed again");
      if (!taken) toldLateMs = Math.min(Math.ceil(late), MAX_TOLD_LATE_MS);
      askAtMs = world.nowMs;
      continue;
    }
    refusal = answer;
    if (answer.because === "breaker" || answer.because === "settling" || answer.waitMs > MAX_SHORT_WAIT_MS) break;
    askAtMs = askedAtMs + answer.waitMs;
  }
  yield* giveBackQuietly(world, turn, productIds);
  return refusal;
}

/** Whether another call took the open connection that the departure reckoned with. */
function isTaken({ nowMs }: World, process: Process, openWay: boolean): boolean {
  return openWay && !hasOpenWay(process, nowMs);
}

/** The script; the planted mistake goes whatever became of the memory that its turn was from. */
export function departFor(
  world: World,
  endpoint: Limited,
  ticket: string,
  lateMs: number,
  productIds: readonly number[] = NONE,
  unusedIds: readonly number[] = NONE,
): ReturnType<typeof depart> {
  const answer = depart(world.budgets, world.nowMs, endpoint, budgetOf(world, endpoint), ticket, {
    guardMs: GUARD_MS,
    productIds,
    productBudget: PRODUCT_BUDGET,
    unusedIds,
    lateMs,
  });
  const blind = world.planted === "departs-without-marker" && answer.kind === "not_now" && answer.because === "settling";
  return blind ? { kind: "go" } : answer;
}

const NONE: readonly number[] = [];

function* giveBackQuietly(world: World, turn: Turn, productIds: readonly number[]): Awaits<void> {
  try {
    yield* giveBackTurn(world, turn, productIds);
  } catch (thrown) {
    if (!(thrown instanceof Outage)) throw thrown;
  }
}

function learnTrip({ trips }: Process, tripMs: number): void {
  trips.push(tripMs);
  if (trips.length > TRIPS_KEPT) trips.shift();
}

/** How long ago Redis was asked, less the shortest of the last ways there and back. */
function latenessMs({ nowMs }: World, { trips }: Process, askedAtMs: number): number {
  let shortestMs = trips.length < TRIPS_KEPT ? 0 : MAX_TRIP_MS;
  for (const tripMs of trips) if (tripMs < shortestMs) shortestMs = tripMs;
  return nowMs - askedAtMs - shortestMs;
}
