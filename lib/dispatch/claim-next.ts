import type { Turn } from "@/lib/bamboo";
import { recallPurchases } from "@/lib/purchase-journal";
import { supplier } from "@/lib/supplier";
import { claimLines } from "./claim-lines";
import { loadTurns, saveTurns } from "./keep-turns";
import { loadWaiting, type Waiting } from "./load-waiting";
import { type Plan, planDispatch, type Turns, type WaitingLine } from "./plan-dispatch";
import { planLimits } from "./plan-limits";
import { productsWithoutRoom } from "./plan-pace";
import { turnKey } from "./plan-queues";
import { regroupForgotten } from "./regroup-forgotten";
import { withinStock } from "./within-stock";

export type Claimed = { kind: "claimed"; dispatchId: string } | { kind: "wait"; waitMs: number } | { kind: "empty" };

/** Others may take lines, or a product's last place, between the plan and the claim; then it is planned anew. */
const MAX_TRIES = 3;
const LOST_WAIT_MS = 100;

const NONE: ReadonlySet<string> = new Set();

/** Claims what goes into the checkout of a turn. Whatever is not claimed stays in the queue, where it can be cancelled. */
export async function claimNext(turn: Turn): Promise<Claimed> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const plan = await planNext();
    if (plan.kind !== "claim") return plan;
    const [full, recalled] = await Promise.all([
      supplier().takeProducts(turn, plan.productIds),
      recallPurchases(plan.lines.map(({ id }) => id)),
    ]);
    const forgotten = recalled.size > 0 ? await regroupForgotten(recalled) : NONE;
    const free = plan.lines.filter(({ id, productId }) => !full.has(productId) && !forgotten.has(recalled.get(id) ?? ""));
    // What finds out whether the supplier answers again may be in doubt for long: one line is enough for that.
    const lines = turn.probe ? free.slice(0, 1) : free;
    const dispatchId = lines.length > 0 ? await claimLines(lines) : null;
    if (!dispatchId) continue;
    await saveTurns(credited(plan.turns, plan.planned, lines));
    return { kind: "claimed", dispatchId };
  }
  return { kind: "wait", waitMs: LOST_WAIT_MS };
}

/** Whether a line waits that could go now, were it its turn; else how long until one can, or that none waits. */
export async function lookOnce(): Promise<{ kind: "claim" } | { kind: "empty" } | { kind: "wait"; waitMs: number }> {
  const plan = await planNext();
  return plan.kind === "claim" ? { kind: "claim" } : plan;
}

type Planned = Exclude<Plan, { kind: "claim" }> | (Extract<Plan, { kind: "claim" }> & { planned: WaitingLine[] });

async function planNext(): Promise<Planned> {
  const [use, turns] = await Promise.all([supplier().productUse(), loadTurns()]);
  const without = productsWithoutRoom(use, planLimits());
  const plan = planFrom(await loadWaiting(without), turns, use);
  // Only what has no room is left: how long until it has?
  return plan.kind === "empty" && without.heavy.length > 0 ? planFrom(await loadWaiting(NOTHING), turns, use) : plan;
}

const NOTHING = { light: [], heavy: [] };

function planFrom({ stock, ...waiting }: Waiting, turns: Turns, use: ReadonlyMap<number, readonly number[]>): Planned {
  const plan = planDispatch({ ...waiting, turns }, use, planLimits());
  if (plan.kind !== "claim") return plan;
  return { ...plan, planned: plan.lines, lines: withinStock(plan.lines, (productId) => stock.get(productId) ?? null) };
}

/** Nobody owes for cards that were planned and not claimed after all. */
function credited(turns: Turns, planned: readonly WaitingLine[], claimed: readonly WaitingLine[]): Turns {
  const deficits = { ...turns.deficits };
  const gone = new Set(claimed.map(({ id }) => id));
  for (const { id, lane, partnerId, quantity } of planned) {
    if (gone.has(id)) continue;
    const key = turnKey(lane, partnerId);
    const owed = deficits[key] ?? 0;
    deficits[key] = Math.max(owed, Math.min(owed + quantity, 0));
  }
  return { ...turns, deficits };
}
