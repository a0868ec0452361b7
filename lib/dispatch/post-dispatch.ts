import type { Turn } from "@/lib/bamboo";
import { writeJournal } from "@/lib/purchase-journal";
import { supplier } from "@/lib/supplier";
import { beginAttempt } from "./begin-attempt";
import { loadShares } from "./load-lines";
import { faultOf } from "./next-action";
import { recordOutcome } from "./record-outcome";

export type Posted = { kind: "posted" } | { kind: "not_now"; waitMs: number };

const MAX_TURN_WAIT_MS = 8_000;
const BUSY_WAIT_MS = 1_000;
/** Then the next in turn finds out whether it is all of us or this purchase only, such as one beyond our funds. */
const OURS_PAUSE_SECONDS = 15;

/**
 * Posts a dispatch: journal and attempt written, then the request in its turn, then what it told. `known` is how many attempts the
 * decision to post was made on. A `given` turn holds the products' places already.
 */
export async function postDispatch(dispatchId: string, body: string, known: number, given?: Turn): Promise<Posted> {
  const { productIds, orderLineIds } = await loadShares(dispatchId);
  const turn = given ?? (await takeTurn(productIds));
  if ("waitMs" in turn) return { kind: "not_now", waitMs: turn.waitMs };
  const attempt = await prepare(dispatchId, orderLineIds, known).catch(async (thrown: unknown) => {
    await supplier().giveBack(turn, productIds);
    throw thrown;
  });
  if (!attempt) {
    await supplier().giveBack(turn, productIds);
    return { kind: "not_now", waitMs: BUSY_WAIT_MS };
  }
  const answer = await supplier().checkout(turn, dispatchId, body, productIds);
  if ("kind" in answer) {
    await recordOutcome(dispatchId, { ...attempt, httpStatus: null, outcome: { kind: "throttled", waitSeconds: 1 } });
    return { kind: "not_now", waitMs: answer.waitMs };
  }
  const { outcome, httpStatus } = answer;
  await recordOutcome(dispatchId, { ...attempt, httpStatus, outcome });
  // Our account, funds or set-up: what else waits would be refused too, so it stays in the queue, where it can be cancelled.
  if (outcome.kind === "rejected" && faultOf(outcome.reason) === "ours") await supplier().pause("placeOrder", OURS_PAUSE_SECONDS);
  return { kind: "posted" };
}

/** What is written down before a request can go out, each in a store of its own. */
async function prepare(dispatchId: string, orderLineIds: readonly string[], known: number) {
  await writeJournal(dispatchId, orderLineIds);
  return beginAttempt(dispatchId, known);
}

/** The next turn that has a place for each product. */
async function takeTurn(productIds: readonly number[]): Promise<Turn | { waitMs: number }> {
  const reserved = await supplier().reserve("placeOrder", MAX_TURN_WAIT_MS);
  if (reserved.kind === "not_now") return { waitMs: reserved.waitMs };
  const full = await supplier().takeProducts(reserved.turn, productIds);
  if (full.size === 0) return reserved.turn;
  await supplier().giveBack(reserved.turn, productIds);
  return { waitMs: Math.max(...full.values()) };
}
