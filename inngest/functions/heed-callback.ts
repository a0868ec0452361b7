import type { Inngest } from "inngest";
import { advanceDispatch } from "@/lib/dispatch";
import { refreshPace } from "@/lib/estimates";
import { relayOutbox } from "@/lib/outbox";
import { sendEvents } from "../client";
import { bambooNotified } from "../events";
import { wholeSeconds } from "../waits";

/** The limits may keep the read back; if the news was none, whoever follows the dispatch goes on, and else the sweep. */
const MAX_TURNS = 3;

/**
 * Asks at once about a purchase that the supplier called about. Not a wait inside `settle-dispatch`: an event that comes before a wait for
 * it is known would be lost, while one that starts a run is kept.
 */
export const heedCallback = (client: Inngest) =>
  client.createFunction(
    {
      id: "heed-callback",
      triggers: [bambooNotified],
      // A callback and a webhook about one purchase, or one of them twice: the first reads, and the others find it over.
      concurrency: [{ limit: 20 }, { limit: 1, key: "event.data.dispatchId" }],
      retries: 3,
    },
    async ({ event, step }) => {
      for (let turn = 0; turn < MAX_TURNS; turn++) {
        const result = await step.run(`advance-${turn}`, async () => {
          const advanced = await advanceDispatch(event.data.dispatchId);
          if (advanced.kind === "done") await Promise.all([relayOutbox(sendEvents), refreshPace()]);
          return advanced;
        });
        if (result.kind === "done") return { turns: turn + 1 };
        if (turn + 1 < MAX_TURNS) await step.sleep(`until-${turn}`, wholeSeconds(result.waitMs));
      }
      return { turns: MAX_TURNS };
    },
  );
