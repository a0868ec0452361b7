import { canonicalJson } from "../wire/canonical-json";
import type { JsonObject } from "../wire/json";
import { sign } from "../wire/signature";
import { type Answer, failedCall, readAnswer } from "./answer";
import { type Call, DISCOVERY } from "./decide-answer";
import type { Engine } from "./engine";
import { pendingSteps, type RunState } from "./run-state";

/** Longer than any function may take between two steps. */
const CALL_TIMEOUT_MS = 300_000;
const GENERATION = 1;

/** Calls a function over HTTP with its run's step memory. Never rejects: a connection that fails is a failed attempt. */
export async function callFunction(engine: Engine, run: RunState, call: Call, requestId: string): Promise<Answer> {
  const body = canonicalJson(callBody(run, call, requestId));
  const url = new URL(call.fn.url);
  url.searchParams.set("stepId", call.item.stepId ?? DISCOVERY);
  const headers = {
    "content-type": "application/json",
    "user-agent": "Inngest",
    "x-inngest-server-kind": "cloud",
    "x-inngest-signature": sign(body, engine.signingKey, Date.now()),
    "x-run-id": run.id,
    "x-request-id": requestId,
    "x-inngest-generation-id": String(GENERATION),
    "x-inngest-job-id": call.item.id,
    "x-inngest-req-version": String(run.sdkVersion),
    "x-inngest-step-id": call.item.stepId ?? DISCOVERY,
  };
  try {
    const answer = await engine.http.send({ url: url.href, method: "POST", headers, body, timeoutMs: CALL_TIMEOUT_MS });
    return readAnswer(answer, engine.signingKey, Date.now());
  } catch (error) {
    return failedCall(
      "CallError",
      `The call of "${call.fn.slug}" failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function callBody(run: RunState, { item, fn }: Call, requestId: string): JsonObject {
  const steps: JsonObject = {};
  for (const id of run.order) steps[id] = run.steps.get(id)?.result ?? null;
  const stepId = item.stepId ?? DISCOVERY;
  return {
    ctx: {
      attempt: item.attempt,
      // While other steps are under way, or for one that was planned, the SDK must not go on to run what it finds.
      disable_immediate_execution: stepId !== DISCOVERY || pendingSteps(run).length > 0,
      env: "",
      fn_id: fn.id,
      generation_id: GENERATION,
      job_id: item.id,
      max_attempts: fn.maxAttempts,
      qi_id: item.id,
      request_id: requestId,
      run_id: run.id,
      stack: { current: run.order.length, stack: [...run.order] },
      step_id: stepId,
      use_api: false,
    },
    defers: {},
    event: run.event,
    events: [run.event],
    steps,
    use_api: false,
    version: run.sdkVersion,
  };
}
