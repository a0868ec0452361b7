import type { EventBody, StepRow } from "../store/rows";
import type { Json } from "../wire/json";

export interface StepState {
  state: StepRow["state"];
  name: string;
  op: string;
  race: boolean;
  result: Json;
}

/** A run that has not ended, as the engine holds it while something happens to it. The tables hold the same. */
export interface RunState {
  id: string;
  functionId: string;
  eventId: string;
  event: EventBody;
  quiet: boolean;
  parent: { runId: string; stepId: string } | undefined;
  concurrencyKeys: string[];
  /** The protocol version the SDK chose for this run; -1 until its first answer. */
  sdkVersion: number;
  steps: Map<string, StepState>;
  /** Ids of the done steps in the order of their completion. */
  order: string[];
  ended: boolean;
}

export function pendingSteps(run: RunState): string[] {
  return [...run.steps].filter(([, step]) => step.state === "pending").map(([id]) => id);
}

/** Takes over committed changes of steps. */
export function rememberSteps(run: RunState, rows: readonly StepRow[]): void {
  for (const { stepId, state, name, op, race, result } of rows) {
    if (state === "done" && run.steps.get(stepId)?.state !== "done") run.order.push(stepId);
    run.steps.set(stepId, { state, name, op, race, result });
  }
}
