import { parseExpression } from "../expressions/parse";
import { type Changes, noChanges, type StepRow } from "../store/rows";
import { parseMomentMs } from "../wire/duration";
import { isObject, type Json, textOf } from "../wire/json";
import type { Answer, Op } from "./answer";
import type { Call } from "./decide-answer";
import { describeError, resolveItem } from "./end-run";
import type { Moment } from "./moment";
import type { RunState } from "./run-state";

const DEFAULT_INVOKE_TIMEOUT = "365d";
/** sha1 of "complete": under this id the SDK reports the function itself, not a step. */
export const FUNCTION_STEP_ID = "0737c22d3bfae812339732d14d8c7dbd6dc4e09c";
const MAX_OPS = 1000;

/** `finished` counts the steps that are now memoised; `complete` is the return value of a function that is over. */
export type OpsOutcome = { changes: Changes; finished: number; retry: boolean; race: boolean; complete?: Json } | { fail: Json };

interface Work {
  run: RunState;
  call: Call;
  answer: Extract<Answer, { kind: "ops" }>;
  moment: Moment;
  changes: Changes;
  finished: number;
  retry: boolean;
  race: boolean;
  /** The steps of this answer were found together under `parallelMode: "race"`. */
  raceGroup: boolean;
  complete?: Json;
}

class Refused extends Error {}

/** Reads the ops of an answer in turn. Any op that this server does not carry out fails the run, naming it. */
export function applyOps(run: RunState, call: Call, answer: Extract<Answer, { kind: "ops" }>, moment: Moment): OpsOutcome {
  const work: Work = {
    run,
    call,
    answer,
    moment,
    changes: noChanges(),
    finished: 0,
    retry: false,
    race: false,
    raceGroup: answer.ops.some((op) => op.opts.parallelMode === "race" && !run.steps.has(op.id)),
  };
  try {
    if (answer.ops.length === 0)
      throw new Refused("The SDK answered 206 without any op, so it is not known how the run goes on.");
    if (answer.ops.length > MAX_OPS)
      throw new Refused(`The SDK reported ${answer.ops.length} steps at once; at most ${MAX_OPS} are taken.`);
    for (const op of answer.ops) applyOp(work, op);
  } catch (error) {
    if (error instanceof Refused) return { fail: { name: "NotSupported", message: error.message, stack: "" } };
    throw error;
  }
  const { changes, finished, retry, race } = work;
  return { changes, finished, retry, race, ...(work.complete === undefined ? {} : { complete: work.complete }) };
}

function applyOp(work: Work, op: Op): void {
  if (op.op === "RunComplete") {
    work.complete = op.data;
    return;
  }
  if (op.id === "") throw new Refused(`The op ${op.op} came without the id of a step.`);
  if (op.id === FUNCTION_STEP_ID)
    throw new Refused('The step id "complete" is the one under which the SDK ends a function. Name the step otherwise.');
  const known = work.run.steps.get(op.id)?.state;
  if (known === "done") return;
  const ran = RAN[op.op];
  const found = FOUND[op.op];
  if (ran) ran(work, op);
  else if (!found) throw new Refused(`The step "${op.displayName}" uses ${op.op}, which this server does not support.`);
  else if (known !== "pending") found(work, op);
}

type Handler = (work: Work, op: Op) => void;
/** Steps that have run; the rest are steps that were found and must be waited for. */
const RAN: Readonly<Record<string, Handler>> = { StepRun: ranStep, StepFailed: ranStep, StepError: ranStep };
const FOUND: Readonly<Record<string, Handler>> = {
  StepPlanned: planStep,
  Sleep: sleep,
  WaitForEvent: waitForEvent,
  InvokeFunction: invoke,
};

function ranStep(work: Work, op: Op): void {
  const { item, fn } = work.call;
  const lastTry = work.answer.final || item.attempt + 1 >= fn.maxAttempts;
  if (op.op === "StepError" && !lastTry) {
    const pending = work.run.steps.get(op.id)?.state === "pending";
    addStep(work, op, { state: pending ? "pending" : "retrying", error: op.error });
    work.retry = true;
    return;
  }
  const failed = op.op !== "StepRun";
  const result = failed ? { error: describeError(op.error ?? op.data) } : { data: op.data };
  work.finished += 1;
  work.race ||= isRace(work, op);
  addStep(work, op, { state: "done", result, error: failed ? op.error : null, position: work.run.order.length + work.finished });
}

function planStep(work: Work, op: Op): void {
  addStep(work, op, { state: "pending" });
  const { moment, run, call } = work;
  work.changes.items.push({
    ...call.item,
    id: moment.newId(),
    kind: "call",
    stepId: op.id,
    attempt: 0,
    starts: false,
    throttleKey: null,
    dueMs: moment.nowMs,
    score: moment.nowMs,
    concurrencyKeys: run.concurrencyKeys,
  });
}

function sleep(work: Work, op: Op): void {
  const wakeMs = parseMomentMs(op.name, work.moment.nowMs);
  if (wakeMs === undefined)
    throw new Refused(`The sleep "${op.displayName}" lasts "${op.name}", which is neither a duration nor a date.`);
  addStep(work, op, { state: "pending" });
  work.changes.items.push(resolveItem(work.run.id, op.id, null, wakeMs, work.moment));
}

function waitForEvent(work: Work, op: Op): void {
  const { run, moment, changes } = work;
  const expression = op.opts.if === undefined ? null : textOf(op.opts.if);
  if (expression !== null) {
    try {
      parseExpression(expression, ["event", "async"]);
    } catch (error) {
      throw new Refused(`The wait "${op.displayName}": ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const expiresMs = parseMomentMs(textOf(op.opts.timeout), moment.nowMs);
  if (expiresMs === undefined || op.name === "")
    throw new Refused(`The wait "${op.displayName}" lacks an event or a readable timeout.`);
  addStep(work, op, { state: "pending" });
  changes.items.push(resolveItem(run.id, op.id, null, expiresMs, moment));
  changes.pauses.push({
    runId: run.id,
    stepId: op.id,
    kind: "wait",
    eventName: op.name,
    expression,
    afterSeq: moment.newSeq(),
    expiresMs,
  });
}

function invoke(work: Work, op: Op): void {
  const { run, moment, changes } = work;
  const slug = textOf(op.opts.function_id);
  const target = moment.findFunction(slug);
  if (!target) {
    const message = `The function "${slug}" is not registered, so it cannot be invoked.`;
    ranStep(work, { ...op, op: "StepFailed", error: { name: "Error", message, stack: "" } });
    return;
  }
  const timeoutMs = parseMomentMs(textOf(op.opts.timeout, DEFAULT_INVOKE_TIMEOUT), moment.nowMs);
  if (timeoutMs === undefined) throw new Refused(`The invocation "${op.displayName}" has an unreadable timeout.`);
  addStep(work, op, { state: "pending" });
  const error = { name: "InngestInvokeTimeoutError", message: `The invoked function "${slug}" did not end in time.`, stack: "" };
  changes.items.push(resolveItem(run.id, op.id, { error }, timeoutMs, moment));
  const payload = isObject(op.opts.payload) ? op.opts.payload : {};
  const id = moment.newId();
  changes.emissions.push({
    id,
    seq: moment.newSeq(),
    body: {
      ...payload,
      name: "inngest/function.invoked",
      id,
      ts: moment.nowMs,
      data: isObject(payload.data) ? payload.data : {},
    },
    to: { functionId: target.id, parent: { runId: run.id, stepId: op.id } },
  });
}

function addStep(
  work: Work,
  op: Op,
  change: Pick<StepRow, "state"> & Partial<Pick<StepRow, "result" | "error" | "position">>,
): void {
  work.changes.steps.push({
    runId: work.run.id,
    stepId: op.id,
    name: op.displayName,
    op: op.op,
    race: isRace(work, op),
    position: 0,
    result: null,
    error: null,
    changedMs: work.moment.nowMs,
    ...change,
  });
}

function isRace(work: Work, op: Op): boolean {
  return work.raceGroup || op.opts.parallelMode === "race" || work.run.steps.get(op.id)?.race === true;
}
