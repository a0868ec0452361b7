import { endRun } from "./end-run";
import type { Engine } from "./engine";

/** Cancels a run that has not ended; false where there is none. A call under way ends by itself and its answer is dropped. */
export async function cancelRun(engine: Engine, runId: string, why: string): Promise<boolean> {
  const cancelled = await engine.runs.change(runId, async (run) => {
    const fn = engine.registry.find(run.functionId);
    if (!fn) return false;
    await engine.write(endRun(run, fn, "Cancelled", null, engine.moment()));
    run.ended = true;
    engine.log(`run ${run.id} of ${fn.slug} cancelled: ${why}`);
    return true;
  });
  return cancelled ?? false;
}
