import type { Inngest } from "inngest";
import { advanceDispatch } from "@/lib/dispatch";
import { relayOutbox } from "@/lib/outbox";
import { sendEvents } from "../client";
import { bambooNotified, dispatchesPlaced, dispatchesStalled } from "../events";
import { wholeSeconds } from "../waits";

/** Some hours of patience; after that the sweep starts a new run. */
const MAX_TURNS = 60;

/** Follows one dispatch to its end: waits for Bamboo's callback or the time to ask, and asks. */
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
          const advanced = await advanceDispatch(dispatchId);
          if (advanced.kind === "done") await relayOutbox(sendEvents);
          return advanced;
        });
        if (result.kind === "done") return { turns: turn + 1 };
        await step.waitForEvent(`news-${turn}`, {
          event: bambooNotified,
          timeout: wholeSeconds(result.waitMs),
          if: "event.data.dispatchId == async.data.dispatchId",
        });
      }
      return { turns: MAX_TURNS };
    },
  );
