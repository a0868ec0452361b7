import type { Turn } from "@/lib/bamboo";
import { supplier } from "@/lib/supplier";
import { claimLines } from "./claim-lines";
import { loadTurns, saveTurns } from "./keep-turns";
import { loadWaiting, type Waiting } from "./load-waiting";
import { type Plan, planDispatch, type Turns } from "./plan-dispatch";
import { planLimits } from "./plan-limits";
import { productsWithoutRoom } from "./plan-pace";
import { recallPurchases } from "./purchase-journal";
import { regroupForgotten } from "./regroup-forgotten";
import { withinStock } from "./within-stock";

export type Claimed =
  | { kind: "claimed"; dispatchId: string; productIds: number[]; more: boolean }
  | { kind: "wait"; waitMs: number }
  | { kind: "empty" };

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
    const lines = plan.lines.filter(({ id, productId }) => !full.has(productId) && !forgotten.has(recalled.get(id) ?? ""));
    if (lines.length === 0) continue;
    const [dispatchId] = await Promise.all([claimLines(lines), saveTurns(plan.turns)]);
    if (dispatchId)
      return { kind: "claimed", dispatchId, productIds: plan.productIds.filter((id) => !full.has(id)), more: plan.more };
  }
  return { kind: "wait", waitMs: LOST_WAIT_MS };
}

/** Whether a line waits that could go now, were it its turn. */
export async function somethingCanGo(): Promise<boolean> {
  return (await planNext()).kind === "claim";
}

async function planNext(): Promise<Plan> {
  const [use, turns] = await Promise.all([supplier().productUse(), loadTurns()]);
  const paced = productsWithoutRoom(use, planLimits());
  const plan = planFrom(await loadWaiting(paced), turns, use);
  // Only what has no room is left: how long until it has?
  return plan.kind === "empty" && paced.length > 0 ? planFrom(await loadWaiting([]), turns, use) : plan;
}

function planFrom({ stock, ...waiting }: Waiting, turns: Turns, use: ReadonlyMap<number, readonly number[]>): Plan {
  const plan = planDispatch({ ...waiting, turns }, use, planLimits());
  if (plan.kind !== "claim") return plan;
  return { ...plan, lines: withinStock(plan.lines, (productId) => stock.get(productId) ?? null) };
}
