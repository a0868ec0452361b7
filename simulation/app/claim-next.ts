import { type Plan, planDispatch } from "@/lib/dispatch/plan-dispatch";
import { heavyPartners, productsWithoutRoom } from "@/lib/dispatch/plan-pace";
import { db, redis, redisAnswer } from "../engine/awaits";
import type { Awaits, Process } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Dispatch, Line } from "../store/rows";
import { claimLines } from "./claim-lines";
import { PRODUCT_BUDGET, productsInUse, type Turn, takePlaces } from "./turns";

export type Claimed = { kind: "claimed"; dispatch: Dispatch } | { kind: "wait"; waitMs: number } | { kind: "empty" };

const MAX_TRIES = 3;
const LOST_WAIT_MS = 100;

/** Follows lib/dispatch/claim-next.ts, less what it finds after a restore. */
export function* claimNext(world: World, process: Process, turn: Turn): Awaits<Claimed> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const plan = yield* planNext(world);
    if (plan.kind !== "claim") return plan;
    const full = yield* takePlaces(world, turn, plan.productIds);
    const free = plan.lines.filter(({ productId }) => !full.has(productId)).map(({ id }) => id);
    const ids = new Set(turn.probe ? free.slice(0, 1) : free);
    const lines = plan.lines.flatMap(({ id }) => (ids.has(id) ? lineOf(world, id) : []));
    const dispatch = lines.length > 0 ? yield* claimLines(world, process, lines) : null;
    if (!dispatch) continue;
    yield redis(world);
    world.turns = plan.turns;
    const backMs = redisAnswer(world);
    if (backMs > 0) yield backMs;
    return { kind: "claimed", dispatch };
  }
  return { kind: "wait", waitMs: LOST_WAIT_MS };
}

export function* somethingCanGo(world: World): Awaits<boolean> {
  return (yield* planNext(world)).kind === "claim";
}

/** What has no room is left out, unless nothing else waits. */
function* planNext(world: World): Awaits<Plan> {
  const use = yield* productsInUse(world);
  const { turns } = world;
  const limits = { ...world.checkoutLimits, productLimit: PRODUCT_BUDGET.limit, productWindowMs: PRODUCT_BUDGET.windowMs };
  const without = productsWithoutRoom(use, limits);
  yield db(world);
  const all = waitingLines(world);
  const heavy = heavyPartners(all);
  const queue = {
    lines: all.filter(({ productId }) => !without.light.includes(productId)),
    weights: world.weights,
    heavy,
    turns,
  };
  const plan = planDispatch(queue, use, limits);
  if (plan.kind !== "empty" || without.heavy.length === 0) return plan;
  yield db(world);
  return planDispatch({ ...queue, lines: waitingLines(world) }, use, limits);
}

/** Follows lib/dispatch/load-waiting.ts, less its bounds, its riders and its care for what is not sent yet. */
function waitingLines({ tables }: World): Line[] {
  const waiting: Line[] = [];
  for (const { lines } of tables.orders) for (const line of lines) if (line.status === "queued") waiting.push(line);
  return waiting;
}

function lineOf({ tables }: World, id: string): Line[] {
  for (const { lines } of tables.orders) for (const line of lines) if (line.id === id) return [line];
  return [];
}
