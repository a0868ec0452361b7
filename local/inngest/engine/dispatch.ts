import { type Item, noChanges } from "../store/rows";
import { callFunction } from "./call-function";
import { type Call, type Decision, DISCOVERY, decideAnswer, refusal } from "./decide-answer";
import { endRun } from "./end-run";
import type { Engine } from "./engine";
import { type RunState, rememberSteps } from "./run-state";
import { isLasting } from "./write-until-done";

/** After so many calls in a row a run gives its place back, so that others of the same limit get their turn. */
const MAX_CALLS_IN_A_ROW = 50;

/** Carries out a claimed call and, while the answers allow, the calls that follow it. */
export async function dispatch(engine: Engine, item: Item): Promise<void> {
  const { runId } = item;
  const known = runId === null ? undefined : await engine.runs.hold(runId, item.starts, (run) => callInARow(engine, run, item));
  if (!known) await engine.write({ ...noChanges(), drops: [item.id] });
}

async function callInARow(engine: Engine, run: RunState, item: Item): Promise<true> {
  const fn = engine.registry.find(run.functionId);
  if (!fn) throw new Error(`run ${run.id} belongs to the unknown function ${run.functionId}`);
  let current = item;
  for (let turn = 0; turn < MAX_CALLS_IN_A_ROW; turn += 1) {
    const again = await callOnce(engine, run, { item: current, fn });
    if (!again) return true;
    current = { ...current, stepId: DISCOVERY, attempt: 0, starts: false };
  }
  const { nowMs } = engine.moment();
  await engine.write({ ...noChanges(), moves: [{ id: item.id, stepId: DISCOVERY, attempt: 0, dueMs: nowMs, release: true }] });
  return true;
}

async function callOnce(engine: Engine, run: RunState, call: Call): Promise<boolean> {
  const requestId = engine.moment().newId();
  engine.inFlight.set(call.item.id, { runId: run.id, requestId });
  const answer = await callFunction(engine, run, call, requestId);
  // A call cut by our own stop is not a failure of the app: its lease ends and it is made again.
  if (engine.stopping()) return false;
  const again = await engine.runs.change(run.id, async () => {
    const decision = await writeDecision(engine, run, call, decideAnswer(run, call, answer, engine.moment()));
    rememberSteps(run, decision.changes.steps);
    run.sdkVersion = answer.sdkVersion ?? run.sdkVersion;
    run.ended = decision.changes.ends.length > 0;
    return decision.callAgain;
  });
  return again ?? false;
}

/** Commits a decision; one whose data cannot be stored fails the run, as it would otherwise be made again without end. */
async function writeDecision(engine: Engine, run: RunState, call: Call, decision: Decision): Promise<Decision> {
  try {
    await engine.write(decision.changes);
    return decision;
  } catch (error) {
    if (!isLasting(error)) throw error;
    const why = `The answer could not be stored: ${error instanceof Error ? error.message : String(error)}`;
    const changes = endRun(run, call.fn, "Failed", refusal(why), engine.moment());
    await engine.write(changes);
    return { changes, callAgain: false };
  }
}
