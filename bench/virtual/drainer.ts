import { BUDGETS } from "@/lib/bamboo/budgets";
import { FRESH_TURNS, type Limits, planDispatch } from "@/lib/dispatch/plan-dispatch";
import { productsWithoutRoom } from "@/lib/dispatch/plan-pace";
import { BaseDrainer, type Choose } from "./base-drainer";
import { limits } from "./place-order-limits";
import { VirtualSupplier } from "./supplier";
import type { World } from "./world";

/** Bamboo's bound of one checkout, and the default of DISPATCH_MAX_LINES. */
const MAX_CARDS = 500;
const MAX_LINES = 60;

/** Ours: each checkout carries what the product's own planner puts into it. */
export class CoalescingDrainer extends BaseDrainer {
  constructor(world: World) {
    super(world, new VirtualSupplier(world), chooserOf(world));
  }
}

function chooserOf(world: World): Choose {
  let turns = FRESH_TURNS;
  return () => {
    const use = limits.productUse(world);
    const planned = limitsOf(world);
    const queue = { ...loadWaiting(world, use, planned), weights: world.weights, turns };
    const plan = planDispatch(queue, use, planned);
    if (plan.kind === "empty") return { lines: [] };
    if (plan.kind === "wait") return { waitMs: plan.waitMs };
    turns = plan.turns;
    return { lines: plan.lines };
  };
}

export function limitsOf({ productWindow }: World): Limits {
  const { limit, windowMs } = BUDGETS.placeOrderProduct;
  const productLimit = productWindow ? limit : Number.MAX_SAFE_INTEGER;
  return { maxCards: MAX_CARDS, maxLines: MAX_LINES, productLimit, productWindowMs: windowMs };
}

/** As lib/dispatch/claim-next.ts has it read: without what has no room unless there is nothing else. */
function loadWaiting({ waiting }: World, use: ReadonlyMap<number, readonly number[]>, planned: Limits) {
  const loaded = waiting.heads(productsWithoutRoom(use, planned));
  return loaded.lines.length > 0 ? loaded : waiting.heads({ light: [], heavy: [] });
}
