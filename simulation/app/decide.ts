import { type DispatchFacts, faultOf, type NextAction, nextAction } from "@/lib/dispatch/next-action";
import { firstReadAfterMs } from "@/lib/dispatch/read-pace";
import { count } from "../engine/tally";
import type { Process } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Dispatch } from "../store/rows";

const UNCLEAR_ENOUGH = 3;
const REFUND: NextAction = { kind: "reject", reason: "ProductIsOutOfStock" };

/** The product's own decision, asked with the database's time; or, where a mistake is planted, a worse one. */
export function decide(world: World, process: Process, dispatch: Dispatch): NextAction {
  const nowMs = world.planted === "own-clock" ? world.nowMs + process.skewMs : world.nowMs;
  const next = hasty(world, dispatch) ? REFUND : nextAction(factsOf(world, dispatch), nowMs);
  count(world.tally.actions, next.kind);
  return next;
}

/** Follows lib/dispatch/load-facts.ts. */
export function factsOf({ tables }: World, dispatch: Dispatch): DispatchFacts {
  const { status, attempts, lastRead, reads, placedAtMs, inDoubtSinceMs, escalated, hintedAtMs, reportedOpenAtMs } = dispatch;
  const hinted = hintedAtMs !== null && hintedAtMs > (lastRead?.atMs ?? 0);
  return {
    status,
    attempts,
    lastRead,
    reads,
    placedAtMs,
    inDoubtSinceMs,
    escalated,
    hinted,
    reportedOpenAtMs,
    firstReadMs: firstReadAfterMs(tables.readPace),
    inReport: false,
  };
}

function hasty({ planted }: World, { status, attempts, lastRead }: Dispatch): boolean {
  if (status !== "prepared") return false;
  if (planted === "refusal-ends-doubt") return faultOf(attempts.at(-1)?.reason ?? "") === "line";
  if (planted === "refund-on-not-found") return attempts.length > 0 && lastRead?.result === "not_found";
  return planted === "refund-after-three" && attempts.filter(({ outcome }) => outcome === "unknown").length >= UNCLEAR_ENOUGH;
}
