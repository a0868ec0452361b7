import type { Inngest } from "inngest";
import { sleep } from "@/lib/clock";
import { type Advanced, advanceDispatch } from "@/lib/dispatch";
import { refreshPace } from "@/lib/estimates";
import { relayOutbox } from "@/lib/outbox";
import { sendEvents } from "../client";
import { dispatchesPlaced, dispatchesStalled } from "../events";
import { wholeSeconds } from "../waits";

/** Some hours of patience; after that the sweep starts a new run. */
const MAX_TURNS = 60;
/** Inngest sleeps in whole seconds; up to here a run stays for the moment itself. */
const STAY_MS = 2_000;

/** Follows one dispatch to its end, looking when it is time to. Bamboo's callback is heeded by a function of its own, in between. */
export const settleDispatch = (client: Inngest) =>
  client.createFunction(
    {
      id: "settle-dispatch",
      triggers: [dispatchesPlaced, dispatchesStalled],
      // Two followers of one dispatch would only spend each other's reads.
      concurrency: [{ limit: 20 }, { limit: 1, key: "event.data.dispatchId" }],
      retries: 5,
    },
    async ({ event, step }) => {
      const { dispatchId } = event.data;
      for (let turn = 0; turn < MAX_TURNS; turn++) {
        const result = await step.run(`advance-${turn}`, async () => {
          const advanced = await look(dispatchId);
          if (advanced.kind === "done") await Promise.all([relayOutbox(sendEvents), refreshPace()]);
          return advanced;
        });
        if (result.kind === "done") return { turns: turn + 1 };
        await step.sleep(`until-${turn}`, wholeSeconds(result.waitMs));
      }
      return { turns: MAX_TURNS };
    },
  );

/** Looks, and once more where the next look is due in a moment. */
async function look(dispatchId: string): Promise<Advanced> {
  const advanced = await advanceDispatch(dispatchId);
  if (advanced.kind === "done" || advanced.waitMs > STAY_MS) return advanced;
  await sleep(advanced.waitMs);
  return advanceDispatch(dispatchId);
}
