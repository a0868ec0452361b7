import { cron, type Inngest } from "inngest";
import { refreshRates as readRates } from "@/lib/refresh";
import { ratesRequested } from "../events";
import { wholeSeconds } from "../waits";

const MAX_WAITS = 3;

/** Exchange rates, every 15 minutes; an implausible list is kept as refused, raises an alert, and the last good one stays in use. */
export const refreshRates = (client: Inngest) =>
  client.createFunction(
    { id: "refresh-rates", triggers: [cron("*/15 * * * *"), ratesRequested], concurrency: { limit: 1 }, retries: 2 },
    async ({ step }) => {
      for (let turn = 0; turn <= MAX_WAITS; turn++) {
        const result = await step.run(`read-${turn}`, () => readRates());
        if (result.kind !== "later") return result;
        await step.sleep(`pace-${turn}`, wholeSeconds(result.waitMs));
      }
      throw new Error("The supplier kept the exchange rates back for too long");
    },
  );
