import { describe, expect, it } from "vitest";
import { compileFunction } from "../apps/compile-function";
import type { Item } from "../store/rows";
import type { Json } from "../wire/json";
import { type Answer, readOp } from "./answer";
import { backoffMs, retryAtMs } from "./backoff";
import { type Decision, decideAnswer } from "./decide-answer";
import { decideCheckpoint } from "./decide-checkpoint";
import { decideResolution } from "./decide-resolution";
import type { Moment } from "./moment";
import { type RunState, rememberSteps, type StepState } from "./run-state";

const NOW_MS = 1_000_500;
const fn = compileFunction("fn", "app", {
  id: "app-fn",
  triggers: [],
  steps: { step: { id: "step", name: "step", runtime: { type: "http", url: "http://127.0.0.1/x" }, retries: { attempts: 2 } } },
});

function moment(wanted: string[] = []): Moment {
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  return {
    nowMs: NOW_MS,
    newId: () => `id${next()}`,
    newSeq: next,
    random: () => 0.5,
    retryIntervalMs: undefined,
    isWanted: (name) => wanted.includes(name),
    findFunction: (slug) => (slug === "app-callee" ? { id: "callee" } : undefined),
  };
}

function run(steps: Record<string, Partial<StepState>> = {}, change: Partial<RunState> = {}): RunState {
  const entries = Object.entries(steps).map(([id, step]): [string, StepState] => [
    id,
    { state: "done", name: id, op: "StepRun", race: false, result: null, ...step },
  ]);
  return {
    id: "run",
    functionId: "fn",
    eventId: "event",
    event: { name: "e", data: {}, id: "event", ts: 0 },
    quiet: false,
    parent: undefined,
    concurrencyKeys: ["fn|0|"],
    sdkVersion: 2,
    steps: new Map(entries),
    order: entries.filter(([, step]) => step.state === "done").map(([id]) => id),
    ended: false,
    ...change,
  };
}

function call(change: Partial<Item> = {}): { item: Item; fn: typeof fn } {
  const item: Item = {
    id: "item",
    kind: "call",
    runId: "run",
    functionId: "fn",
    stepId: "step",
    eventId: null,
    payload: null,
    attempt: 0,
    starts: false,
    dueMs: 0,
    score: 0,
    concurrencyKeys: ["fn|0|"],
    throttleKey: null,
    ...change,
  };
  return { item, fn };
}

function ops(list: Json[], change: Partial<Extract<Answer, { kind: "ops" }>> = {}): Answer {
  return { kind: "ops", ops: list.map(readOp), retryAfter: undefined, final: false, ...change };
}

const op = (kind: string, id: string, more: Record<string, Json> = {}) => ({ op: kind, id, name: id, displayName: id, ...more });
const steps = ({ changes }: Decision) => changes.steps.map(({ stepId, state }) => `${stepId} ${state}`);

describe("decideAnswer: a function that is over", () => {
  it("completes on a plain 200 and on RunComplete", () => {
    for (const answer of [{ kind: "done", output: 5 } as const, ops([op("RunComplete", "x", { data: 5 })])]) {
      const { changes, callAgain } = decideAnswer(run(), call(), answer, moment());
      expect(changes.ends).toEqual([{ id: "run", status: "Completed", output: 5, endedMs: NOW_MS }]);
      expect([callAgain, changes.moves, changes.emissions]).toEqual([false, [], []]);
    }
  });

  it("memoises the steps that come with RunComplete", () => {
    const decision = decideAnswer(run(), call(), ops([op("StepRun", "a", { data: 1 }), op("RunComplete", "x")]), moment());
    expect(steps(decision)).toEqual(["a done"]);
    expect(decision.changes.ends).toHaveLength(1);
  });

  it("tries again with growing pauses, and fails after the last attempt or when the SDK forbids another", () => {
    const failed = { kind: "failed", error: { name: "E", message: "m" }, retryAfter: undefined, final: false } as const;
    expect(decideAnswer(run(), call(), failed, moment()).changes.moves).toEqual([
      { id: "item", stepId: "step", attempt: 1, dueMs: NOW_MS + 15_000 + 15_000, release: true },
    ]);
    expect(decideAnswer(run(), call({ attempt: 2 }), failed, moment()).changes.ends[0]?.status).toBe("Failed");
    expect(decideAnswer(run(), call(), { ...failed, final: true }, moment()).changes.ends[0]?.status).toBe("Failed");
  });

  it("tells those who want to know, but not about runs that were themselves told", () => {
    const failed = { kind: "failed", error: { name: "E", message: "m" }, retryAfter: undefined, final: true } as const;
    const wanted = ["inngest/function.failed", "inngest/function.finished"];
    const { changes } = decideAnswer(run(), call(), failed, moment(wanted));
    expect(changes.emissions.map(({ body }) => body.name)).toEqual(wanted);
    expect(changes.emissions[0]?.body.data).toMatchObject({
      function_id: "app-fn",
      run_id: "run",
      error: { name: "E", message: "m", error: "E" },
    });
    expect(decideAnswer(run({}, { quiet: true }), call(), failed, moment(wanted)).changes.emissions).toEqual([]);
  });

  it("gives its result to the run that invoked it", () => {
    const child = run({}, { parent: { runId: "parent", stepId: "invoked" } });
    const { changes } = decideAnswer(child, call(), { kind: "done", output: 5 }, moment());
    expect(changes.items).toMatchObject([
      { kind: "resolve", runId: "parent", stepId: "invoked", payload: { data: 5 }, dueMs: NOW_MS },
    ]);
  });
});

describe("decideAnswer: steps", () => {
  it("memoises a step and calls again at once, with the attempts back at 0", () => {
    const { changes, callAgain } = decideAnswer(
      run(),
      call({ attempt: 1 }),
      ops([op("StepRun", "a", { data: { x: 1 } })]),
      moment(),
    );
    expect(changes.steps).toMatchObject([{ stepId: "a", state: "done", result: { data: { x: 1 } }, position: 1 }]);
    expect(changes.moves).toEqual([{ id: "item", stepId: "step", attempt: 0, dueMs: NOW_MS, release: false }]);
    expect(callAgain).toBe(true);
  });

  it("queues planned steps one by one and waits for all of them", () => {
    const planned = decideAnswer(run(), call(), ops([op("StepPlanned", "a"), op("StepPlanned", "b")]), moment());
    expect(planned.changes.items.map(({ stepId, attempt }) => [stepId, attempt])).toEqual([
      ["a", 0],
      ["b", 0],
    ]);
    expect([planned.callAgain, planned.changes.drops]).toEqual([false, ["item"]]);
    const waiting = run({ a: { state: "pending" }, b: { state: "pending" } });
    const first = decideAnswer(waiting, call({ stepId: "a" }), ops([op("StepRun", "a")]), moment());
    expect([first.callAgain, first.changes.drops]).toEqual([false, ["item"]]);
    rememberSteps(waiting, first.changes.steps);
    expect(decideAnswer(waiting, call({ stepId: "b" }), ops([op("StepRun", "b")]), moment()).callAgain).toBe(true);
  });

  it("calls again after each where the SDK asks for it: version 1, or a race", () => {
    const waiting = { a: { state: "pending" as const }, b: { state: "pending" as const } };
    expect(
      decideAnswer(run(waiting), call({ stepId: "a" }), { ...ops([op("StepRun", "a")]), sdkVersion: 1 }, moment()).callAgain,
    ).toBe(true);
    const raced = run({ a: { state: "pending", race: true }, b: { state: "pending", race: true } });
    expect(decideAnswer(raced, call({ stepId: "a" }), ops([op("StepRun", "a")]), moment()).callAgain).toBe(true);
  });

  it("tries a step again while attempts are left, then memoises its error for the code to catch", () => {
    const error = { name: "TypeError", message: "no" };
    const again = decideAnswer(run(), call(), ops([op("StepError", "a", { error })], { retryAfter: "3" }), moment());
    expect(again.changes.moves).toEqual([{ id: "item", stepId: "step", attempt: 1, dueMs: 1_003_000, release: true }]);
    expect(steps(again)).toEqual(["a retrying"]);
    const last = decideAnswer(run(), call({ attempt: 2 }), ops([op("StepFailed", "a", { error })], { final: true }), moment());
    expect(last.changes.steps).toMatchObject([{ state: "done", result: { error: { name: "TypeError", message: "no" } } }]);
    expect(last.callAgain).toBe(true);
  });

  it("leaves alone what is done or already awaited", () => {
    const known = run({ a: {}, b: { state: "pending" } });
    const decision = decideAnswer(
      known,
      call(),
      ops([op("StepRun", "a"), op("StepPlanned", "b"), op("Sleep", "b", { name: "1s" })]),
      moment(),
    );
    expect(decision.changes).toMatchObject({ steps: [], items: [], drops: ["item"] });
  });

  it("sets a timer for a sleep, and for a wait a pause as well", () => {
    const { changes } = decideAnswer(
      run(),
      call(),
      ops([op("Sleep", "s", { name: "1m" }), op("WaitForEvent", "w", { opts: { timeout: "2s", if: "async.data.a == 1" } })]),
      moment(),
    );
    expect(changes.items.map(({ kind, stepId, dueMs, payload }) => [kind, stepId, dueMs, payload])).toEqual([
      ["resolve", "s", NOW_MS + 60_000, null],
      ["resolve", "w", NOW_MS + 2000, null],
    ]);
    expect(changes.pauses).toMatchObject([
      { stepId: "w", kind: "wait", eventName: "w", expression: "async.data.a == 1", expiresMs: NOW_MS + 2000 },
    ]);
  });

  it("starts an invoked function, or memoises that there is none", () => {
    const opts = { function_id: "app-callee", payload: { data: { n: 1 } } };
    const { changes } = decideAnswer(run(), call(), ops([op("InvokeFunction", "i", { opts })]), moment());
    expect(changes.emissions).toMatchObject([
      {
        body: { name: "inngest/function.invoked", data: { n: 1 } },
        to: { functionId: "callee", parent: { runId: "run", stepId: "i" } },
      },
    ]);
    const unknown = decideAnswer(run(), call(), ops([op("InvokeFunction", "i", { opts: { function_id: "nobody" } })]), moment());
    expect(unknown.changes.steps).toMatchObject([
      { state: "done", result: { error: { message: expect.stringContaining('"nobody" is not registered') } } },
    ]);
    expect(unknown.callAgain).toBe(true);
  });

  it.each([
    [op("WaitForSignal", "x"), "WaitForSignal"],
    [op("AIGateway", "x"), "AIGateway"],
    [op("DeferAdd", "x"), "DeferAdd"],
    [op("Sleep", "x", { name: "soon" }), '"soon"'],
    [op("WaitForEvent", "x", { opts: { timeout: "1s", if: "size(x) > 1" } }), "size"],
    [op("StepRun", ""), "without the id"],
  ])("fails the run on %j, naming it", (one, text) => {
    const { changes } = decideAnswer(run(), call(), ops([one]), moment());
    expect(changes.ends).toMatchObject([{ status: "Failed", output: { message: expect.stringContaining(text) } }]);
    expect(changes.steps).toEqual([]);
  });

  it("fails the run on an answer without ops, which would leave it hanging", () => {
    expect(decideAnswer(run(), call(), ops([]), moment()).changes.ends[0]?.status).toBe("Failed");
  });
});

describe("decideResolution", () => {
  it("gives a pending step its result and queues a call when nothing else is awaited", () => {
    const changes = decideResolution(run({ w: { state: "pending" } }), "w", { data: 1 }, moment());
    expect(changes.steps).toMatchObject([{ stepId: "w", state: "done", result: { data: 1 } }]);
    expect(changes.items).toMatchObject([{ kind: "call", stepId: "step", attempt: 0 }]);
    expect(changes.settled).toEqual([{ runId: "run", stepId: "w" }]);
  });

  it("waits for the others, and does nothing twice", () => {
    expect(decideResolution(run({ w: { state: "pending" }, v: { state: "pending" } }), "w", null, moment()).items).toEqual([]);
    const again = decideResolution(run({ w: { result: { data: 1 } } }), "w", null, moment());
    expect([again.steps, again.items]).toEqual([[], []]);
  });
});

describe("decideCheckpoint", () => {
  it("memoises steps that ran, once, in their order", () => {
    const changes = decideCheckpoint(
      run({ a: {} }),
      [op("StepRun", "a"), op("StepRun", "b", { data: 2 }), op("StepRun", "c")].map(readOp),
      NOW_MS,
    );
    expect("steps" in changes && changes.steps.map(({ stepId, position }) => [stepId, position])).toEqual([
      ["b", 2],
      ["c", 3],
    ]);
  });

  it("refuses anything else by name", () => {
    expect(decideCheckpoint(run(), [readOp(op("DeferAdd", "a"))], NOW_MS)).toEqual({
      refused: expect.stringContaining("DeferAdd"),
    });
    const complete = "0737c22d3bfae812339732d14d8c7dbd6dc4e09c";
    expect(decideCheckpoint(run(), [readOp(op("StepRun", complete))], NOW_MS)).toEqual({
      refused: expect.stringContaining('"complete"'),
    });
  });
});

describe("pauses between attempts", () => {
  it("follow the table, with up to 30 s on top", () => {
    expect([0, 1, 2, 9, 50].map((attempt) => backoffMs(attempt, 0, undefined) / 1000)).toEqual([15, 30, 60, 7200, 7200]);
    expect(backoffMs(0, 0.999, undefined)).toBeLessThan(45_000);
    expect(backoffMs(3, 0.5, 40)).toBe(40);
  });

  it("are what retry-after says, from the start of the second, between 1 s and a day", () => {
    expect(retryAtMs("3", 10_900)).toBe(13_000);
    expect(retryAtMs("0", 10_900)).toBe(11_000);
    expect(retryAtMs("1970-01-01T00:01:00.000Z", 10_900)).toBe(60_000);
    expect(retryAtMs("9999999", 10_900)).toBe(10_900 + 86_400_000);
    expect([retryAtMs(undefined, 0), retryAtMs("soon", 0)]).toEqual([undefined, undefined]);
  });
});
