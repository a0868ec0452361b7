import type { Json, JsonObject } from "../wire/json";

/** An event as functions see it; `id` is the sender's own id if there was one. */
export interface EventBody extends JsonObject {
  name: string;
  data: JsonObject;
  id: string;
  ts: number;
}

/**
 * An event on its way in. `to` names the one function it is for (cron, invoke); otherwise triggers decide. `userId` is set
 * only where the sender gave an id: that is what repeats are recognised by.
 */
export interface Emission {
  id: string;
  seq: number;
  body: EventBody;
  userId?: string;
  to?: { functionId: string; parent?: { runId: string; stepId: string } };
}

export type RunStatus = "Running" | "Completed" | "Failed" | "Cancelled";

export interface NewRun {
  id: string;
  functionId: string;
  eventId: string;
  parentRunId: string | null;
  parentStepId: string | null;
  /** Started by an event about another run: it must not make such events itself, or they would never end. */
  quiet: boolean;
  concurrencyKeys: string[];
  throttleKey: string | null;
  createdMs: number;
}

/**
 * `call`: call the function. `resolve`: give a pending step the result in `payload` (a sleep that is over, a wait that timed
 * out, an invoked function that ended). `match`: look for runs that wait for the event or are cancelled by it.
 */
export type ItemKind = "call" | "resolve" | "match";

export interface Item {
  id: string;
  kind: ItemKind;
  runId: string | null;
  functionId: string | null;
  stepId: string | null;
  eventId: string | null;
  payload: Json;
  attempt: number;
  starts: boolean;
  dueMs: number;
  /** Order among due items: the due time, less the priority. */
  score: number;
  concurrencyKeys: string[];
  throttleKey: string | null;
}

export interface Pause {
  runId: string;
  stepId: string;
  kind: "wait" | "cancel";
  eventName: string;
  expression: string | null;
  /** Only events that came in after this one can match. */
  afterSeq: number;
  expiresMs: number | null;
}

/** `done` steps are memoised; `pending` ones are awaited; `retrying` ones only show on the page what went wrong last. */
export interface StepRow {
  runId: string;
  stepId: string;
  name: string;
  op: string;
  state: "done" | "pending" | "retrying";
  /** Found under `parallelMode: "race"`: the function is called again as soon as this one step is done. */
  race: boolean;
  /** Place in the order of completion; 0 while not done. */
  position: number;
  /** `{data}`, `{error}` or null, as the SDK wants it in `steps`. */
  result: Json;
  error: Json;
  changedMs: number;
}

export interface ItemMove {
  id: string;
  stepId: string;
  attempt: number;
  dueMs: number;
  release: boolean;
}

export interface RunEnd {
  id: string;
  status: Exclude<RunStatus, "Running">;
  output: Json;
  endedMs: number;
}

/** Everything one decision writes; committed as a whole, together with the decisions of other runs. */
export interface Changes {
  emissions: Emission[];
  steps: StepRow[];
  pauses: Pause[];
  /** Pauses and timers of these steps are no longer needed. */
  settled: { runId: string; stepId: string }[];
  items: Item[];
  moves: ItemMove[];
  drops: string[];
  versions: { runId: string; version: number }[];
  ends: RunEnd[];
  ticks: { functionId: string; schedule: string; nextMs: number }[];
}

export function noChanges(): Changes {
  return {
    emissions: [],
    steps: [],
    pauses: [],
    settled: [],
    items: [],
    moves: [],
    drops: [],
    versions: [],
    ends: [],
    ticks: [],
  };
}
