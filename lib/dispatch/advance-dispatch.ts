import { and, eq, inArray, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import type { Turn } from "@/lib/bamboo";
import { askSupplier } from "./ask-supplier";
import { BOUGHT_APART, boughtApart } from "./bought-apart";
import { escalate } from "./escalate";
import { loadFacts } from "./load-facts";
import { type NextAction, nextAction } from "./next-action";
import { postDispatch } from "./post-dispatch";
import { rejectDispatch } from "./reject-dispatch";

export type Advanced = { kind: "done" } | { kind: "wait"; waitMs: number };

/** More than any purchase needs at one go: post, ask, settle. */
const MAX_ACTIONS = 6;

/** Does what the recorded facts call for, until there is something to wait for or nothing left to do. Safe to repeat at any point. */
export async function advanceDispatch(dispatchId: string, { turn }: { turn?: Turn } = {}): Promise<Advanced> {
  let given = turn;
  for (let action = 0; action < MAX_ACTIONS; action++) {
    const { facts, body, forgotten, nowMs } = await loadFacts(dispatchId);
    const next = nextAction(facts, nowMs);
    if (next.kind === "done") return { kind: "done" };
    if (next.kind === "wait") return wait(dispatchId, next.untilMs - nowMs);
    const waitMs = await act(dispatchId, next, { body, forgotten, known: facts.attempts.length }, given);
    if (waitMs !== null) return wait(dispatchId, waitMs);
    given = undefined;
  }
  return wait(dispatchId, 0);
}

/** Milliseconds to wait where the limits do not let the action through now; null when it was done. */
async function act(
  dispatchId: string,
  next: Exclude<NextAction, { kind: "done" | "wait" }>,
  post: { body: string; forgotten: boolean; known: number },
  turn: Turn | undefined,
): Promise<number | null> {
  switch (next.kind) {
    case "post": {
      if (post.forgotten && (await boughtApart(dispatchId))) {
        await rejectDispatch(dispatchId, BOUGHT_APART);
        return null;
      }
      const posted = await postDispatch(dispatchId, post.body, post.known, turn);
      return posted.kind === "not_now" ? posted.waitMs : null;
    }
    case "ask": {
      const asked = await askSupplier(dispatchId);
      return asked.kind === "not_now" ? asked.waitMs : null;
    }
    case "reject":
      await rejectDispatch(dispatchId, next.reason);
      return null;
    case "escalate":
      await escalate(dispatchId);
      return null;
  }
}

/** Notes when to look again, so that the sweep knows what was forgotten. */
async function wait(dispatchId: string, waitMs: number): Promise<Advanced> {
  await db()
    .update(dispatches)
    .set({ nextCheckAt: sql`now() + make_interval(secs => ${waitMs / 1_000})` })
    .where(and(eq(dispatches.id, dispatchId), inArray(dispatches.status, ["prepared", "placed"])));
  return { kind: "wait", waitMs: Math.max(waitMs, 0) };
}
