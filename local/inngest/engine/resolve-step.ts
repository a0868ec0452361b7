import type { Json } from "../wire/json";
import { decideResolution } from "./decide-resolution";
import type { Engine } from "./engine";
import { rememberSteps } from "./run-state";

/** Gives a pending step its result; false where the run has ended. */
export async function resolveStep(engine: Engine, runId: string, stepId: string, result: Json): Promise<boolean> {
  const known = await engine.runs.change(runId, async (run) => {
    const changes = decideResolution(run, stepId, result, engine.moment());
    await engine.write(changes);
    rememberSteps(run, changes.steps);
    return true;
  });
  return known ?? false;
}
