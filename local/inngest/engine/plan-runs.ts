import type { RegisteredFunction } from "../apps/compile-function";
import { evaluate, holds, keyText } from "../expressions/evaluate";
import type { Emission, EventBody, Item, NewRun, Pause } from "../store/rows";
import { parseMomentMs } from "../wire/duration";

const DEDUPE_MS = 24 * 3_600_000;
const MAX_PRIORITY_SECONDS = 43_200;
const MS_PER_SECOND = 1000;
const LIFECYCLE_EVENTS = new Set(["inngest/function.failed", "inngest/function.finished", "inngest/function.cancelled"]);

/** A run to be started unless one of its keys has been taken within its time. */
export interface PlannedRun {
  run: NewRun;
  item: Item;
  pauses: Pause[];
  dedupe: { key: string; expiresMs: number }[];
}

export interface PlanContext {
  find: (functionId: string) => RegisteredFunction | undefined;
  triggeredBy: (eventName: string) => readonly RegisteredFunction[];
  newId: () => string;
  nowMs: number;
}

/** Which runs an event starts: of the one function it is for, or of each whose trigger it meets. */
export function planRuns(emission: Emission, context: PlanContext): PlannedRun[] {
  const { body, to } = emission;
  if (to) {
    const fn = context.find(to.functionId);
    return fn ? [planRun(fn, emission, context)] : [];
  }
  const met = context
    .triggeredBy(body.name)
    .filter((fn) => fn.events.some(({ name, when }) => name === body.name && (!when || holds(when, { event: body }))));
  return met.map((fn) => planRun(fn, emission, context));
}

function planRun(fn: RegisteredFunction, emission: Emission, context: PlanContext): PlannedRun {
  const { body, to } = emission;
  const run: NewRun = {
    id: context.newId(),
    functionId: fn.id,
    eventId: emission.id,
    parentRunId: to?.parent?.runId ?? null,
    parentStepId: to?.parent?.stepId ?? null,
    quiet: LIFECYCLE_EVENTS.has(body.name),
    concurrencyKeys: concurrencyKeys(fn, body),
    throttleKey: fn.throttle ? `${fn.id}|${fn.throttle.key ? keyText(evaluate(fn.throttle.key, { event: body })) : ""}` : null,
    createdMs: context.nowMs,
  };
  return {
    run,
    item: firstCall(fn, run, emission, context),
    pauses: cancellations(fn, run, emission, context),
    dedupe: dedupeKeys(fn, emission, context),
  };
}

/** An event dated in the future starts its runs only then. */
function firstCall(fn: RegisteredFunction, run: NewRun, { body }: Emission, context: PlanContext): Item {
  const dueMs = Math.max(context.nowMs, body.ts);
  return {
    id: context.newId(),
    kind: "call",
    runId: run.id,
    functionId: fn.id,
    stepId: "step",
    eventId: null,
    payload: null,
    attempt: 0,
    starts: true,
    dueMs,
    score: dueMs - prioritySeconds(fn, body) * MS_PER_SECOND,
    concurrencyKeys: run.concurrencyKeys,
    throttleKey: run.throttleKey,
  };
}

/** `<function>|<which limit>|<value>`: the limit itself is looked up when the item is claimed, so a changed one holds at once. */
function concurrencyKeys(fn: RegisteredFunction, event: EventBody): string[] {
  return fn.concurrency.map(({ key }, index) => `${fn.id}|${index}|${key ? keyText(evaluate(key, { event })) : ""}`);
}

/** Only a CEL int counts: a number out of JSON is a double there, and has no effect in production either. */
function prioritySeconds(fn: RegisteredFunction, event: EventBody): number {
  const value = fn.priority ? evaluate(fn.priority, { event }) : undefined;
  if (typeof value !== "bigint") return 0;
  return Math.max(-MAX_PRIORITY_SECONDS, Math.min(MAX_PRIORITY_SECONDS, Number(value)));
}

function dedupeKeys(fn: RegisteredFunction, { body, userId, to }: Emission, { nowMs }: PlanContext): PlannedRun["dedupe"] {
  const keys: string[] = [];
  if (userId !== undefined && !to) keys.push(`event|${fn.id}|${userId}`);
  if (fn.idempotency) keys.push(`idempotency|${fn.id}|${keyText(evaluate(fn.idempotency, { event: body }))}`);
  return keys.map((key) => ({ key, expiresMs: nowMs + DEDUPE_MS }));
}

function cancellations(fn: RegisteredFunction, run: NewRun, { seq }: Emission, { nowMs }: PlanContext): Pause[] {
  return fn.cancellations.map((one, index) => ({
    runId: run.id,
    stepId: `cancel:${index}`,
    kind: "cancel",
    eventName: one.event,
    expression: one.when,
    afterSeq: seq,
    expiresMs: one.timeout === undefined ? null : (parseMomentMs(one.timeout, nowMs) ?? null),
  }));
}
