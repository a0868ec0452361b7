import { checkoutOutcome } from "@/lib/bamboo/checkout";
import type { Exchange } from "@/lib/bamboo/request";
import { throttleSeconds } from "@/lib/bamboo/throttle";
import { halt, redisAnswer, trip } from "../engine/awaits";
import { happens } from "../engine/faults";
import { count } from "../engine/tally";
import { type Awaits, currentTask, DONE, PARKED, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { SILENCE } from "../outside/answers";
import { endpointMemory, type Landing, land } from "../outside/budget";
import { sendCheckout, sendRead } from "../outside/network";
import type { Dispatch } from "../store/rows";
import { departInTurn, GUARD_MS } from "./depart-in-turn";
import { type NotNow, PRODUCT_BUDGET, type Turn } from "./turns";

/** When a call asked to depart and when it was sent. */
interface Sending {
  askedAtMs: number;
  sentAtMs: number;
}

/** Follows `checkout` of lib/bamboo/supplier.ts: waits for the turn's moment, posts, and hands on what the call taught. */
export function* callCheckout(
  world: World,
  process: Process,
  turn: Turn,
  dispatch: Dispatch,
  requestId: string,
): Awaits<Exchange | NotNow> {
  const departure = yield* departInTurn(world, process, turn, dispatch.productIds);
  if (departure.kind === "not_now") return departure;
  const haltMs = halt(world);
  if (haltMs > 0) yield haltMs;
  const sending = { askedAtMs: departure.askedAtMs, sentAtMs: world.nowMs };
  if (world.trace) world.trace(process.name, `posts ${requestId}`);
  sendCheckout(world, process, dispatch, requestId, haltMs === 0);
  yield PARKED;
  const answer = currentTask(world).exchange ?? SILENCE;
  const outcome = checkoutOutcome(requestId, answer);
  const throttledMs = outcome.kind === "throttled" ? outcome.waitSeconds * 1_000 : 0;
  yield* note(world, turn, answer, sending, {
    healthy: outcome.kind !== "unknown",
    throttledMs,
    productIds: dispatch.productIds,
  });
  return answer;
}

/** Follows `order` of lib/bamboo/supplier.ts. */
export function* callOrder(world: World, turn: Turn, requestId: string): Awaits<Exchange | NotNow> {
  const { process } = currentTask(world);
  const departure = yield* departInTurn(world, process, turn, []);
  if (departure.kind === "not_now") return departure;
  const sending = { askedAtMs: departure.askedAtMs, sentAtMs: world.nowMs };
  sendRead(world, process, requestId);
  yield PARKED;
  const answer = currentTask(world).exchange ?? SILENCE;
  const throttled = answer.kind === "answer" && answer.status === 429;
  const throttledMs = throttled ? throttleSeconds(answer.retryAfter, answer.body) * 1_000 : 0;
  const healthy = answer.kind === "answer" && answer.status < 500;
  yield* note(world, turn, answer, sending, { healthy, throttledMs, productIds: [] });
  return answer;
}

interface Lesson {
  healthy: boolean;
  throttledMs: number;
  productIds: readonly number[];
}

/** Follows the landing: what cannot be noted fails nothing. */
function* note(world: World, { endpoint, ticket }: Turn, answer: Exchange, sending: Sending, lesson: Lesson): Steps {
  const { askedAtMs, sentAtMs } = sending;
  const teaches = answer.kind === "answer" && (answer.status < 300 || world.planted === "any-answer-lands");
  const wayMs = teaches ? world.nowMs - sentAtMs : null;
  const down = happens(world, "redis-down");
  yield trip(world) + redisAnswer(world);
  if (down) return DONE;
  const { healthy, throttledMs, productIds } = lesson;
  const landing: Landing = { guardMs: GUARD_MS, productBudget: PRODUCT_BUDGET, healthy, throttledMs, productIds };
  if (wayMs !== null) landing.took = { tookMs: sentAtMs - askedAtMs + wayMs, wayMs };
  const { change } = land(world.budgets, world.nowMs, endpoint, ticket, landing);
  if (world.planted === "lands-too-early" && wayMs !== null) arriveAtOnce(world, endpoint, ticket);
  if (change === "opened") count(world.tally.facts, "breakers opened");
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  return DONE;
}

function arriveAtOnce({ budgets }: World, endpoint: Turn["endpoint"], ticket: string): void {
  const { turns, departed } = endpointMemory(budgets, endpoint);
  const leftAtMs = turns.scoreOf(ticket);
  if (leftAtMs !== undefined && departed.scoreOf(ticket) !== undefined) departed.set(ticket, leftAtMs);
}
