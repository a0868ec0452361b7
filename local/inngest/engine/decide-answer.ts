import type { RegisteredFunction } from "../apps/compile-function";
import { type Changes, type Item, noChanges } from "../store/rows";
import type { Json } from "../wire/json";
import type { Answer } from "./answer";
import { backoffMs, retryAtMs } from "./backoff";
import { applyOps } from "./decide-ops";
import { endRun } from "./end-run";
import type { Moment } from "./moment";
import { pendingSteps, type RunState } from "./run-state";

/** Called for discovery, not for one step. */
export const DISCOVERY = "step";
const ANY_COMPLETION_VERSION = 1;

export interface Call {
  item: Item;
  fn: RegisteredFunction;
}

/** What to write, and whether the same item goes on with another discovery call at once. */
export interface Decision {
  changes: Changes;
  callAgain: boolean;
}

/**
 * Given what an app answered to a call, decides what changes in the queue and in the run. Pure: the run is not touched, the
 * moment brings time, ids and chance.
 */
export function decideAnswer(run: RunState, call: Call, answer: Answer, moment: Moment): Decision {
  const changes = noChanges();
  const { sdkVersion = run.sdkVersion } = answer;
  if (sdkVersion !== run.sdkVersion) changes.versions.push({ runId: run.id, version: sdkVersion });
  if (answer.kind === "done") return end(changes, endRun(run, call.fn, "Completed", answer.output, moment));
  if (answer.kind === "failed") return failed(changes, run, call, answer, moment);

  const outcome = applyOps(run, call, answer, moment);
  if ("fail" in outcome) return end(changes, endRun(run, call.fn, "Failed", outcome.fail, moment));
  merge(changes, outcome.changes);
  if (outcome.complete !== undefined) return end(changes, endRun(run, call.fn, "Completed", outcome.complete, moment));
  if (outcome.retry) {
    changes.moves.push(retryMove(call, answer.retryAfter, moment));
    return { changes, callAgain: false };
  }
  const again = outcome.finished > 0 && mayDiscover({ ...run, sdkVersion }, changes, outcome.race);
  if (again) changes.moves.push({ id: call.item.id, stepId: DISCOVERY, attempt: 0, dueMs: moment.nowMs, release: false });
  else changes.drops.push(call.item.id);
  return { changes, callAgain: again };
}

/**
 * Whether the function may be called for what comes next: not before all steps found together are done, unless the SDK asked
 * to be told of each (version 1, or a race, whose losers nobody waits for).
 */
export function mayDiscover(run: RunState, changes: Changes, race: boolean): boolean {
  if (race || run.sdkVersion === ANY_COMPLETION_VERSION) return true;
  const waiting = new Set(pendingSteps(run).filter((stepId) => run.steps.get(stepId)?.race === false));
  for (const { stepId, state, race: inRace } of changes.steps) {
    if (state === "pending" && !inRace) waiting.add(stepId);
    else waiting.delete(stepId);
  }
  return waiting.size === 0;
}

function failed(
  changes: Changes,
  run: RunState,
  call: Call,
  answer: Extract<Answer, { kind: "failed" }>,
  moment: Moment,
): Decision {
  const lastTry = answer.final || call.item.attempt + 1 >= call.fn.maxAttempts;
  if (lastTry) return end(changes, endRun(run, call.fn, "Failed", answer.error, moment));
  changes.moves.push(retryMove(call, answer.retryAfter, moment));
  return { changes, callAgain: false };
}

function retryMove({ item }: Call, retryAfter: string | undefined, moment: Moment): Changes["moves"][number] {
  const dueMs =
    retryAtMs(retryAfter, moment.nowMs) ?? moment.nowMs + backoffMs(item.attempt, moment.random(), moment.retryIntervalMs);
  return { id: item.id, stepId: item.stepId ?? DISCOVERY, attempt: item.attempt + 1, dueMs, release: true };
}

function end(changes: Changes, ending: Changes): Decision {
  merge(changes, { ...ending, items: ending.items });
  return { changes, callAgain: false };
}

function merge(into: Changes, from: Changes): void {
  into.emissions.push(...from.emissions);
  into.steps.push(...from.steps);
  into.pauses.push(...from.pauses);
  into.settled.push(...from.settled);
  into.items.push(...from.items);
  into.moves.push(...from.moves);
  into.ends.push(...from.ends);
}

/** The error of a run that cannot go on for a reason of this server's. */
export function refusal(message: string): Json {
  return { name: "NotSupported", message, stack: "" };
}
