import { cron, type Inngest } from "inngest";
import { type CheckedMargins, checkMargins } from "@/lib/price-rules";
import { pricesChanged } from "../events";

/** Steps of some partners each. */
const MAX_STEPS = 100;

/** Each hour, and when prices moved: is anything on sale under its margin? It raises an alert; the result names no product and no price. */
export const checkPrices = (client: Inngest) =>
  client.createFunction(
    { id: "check-prices", triggers: [cron("23 * * * *"), pricesChanged], concurrency: { limit: 1 }, retries: 2 },
    async ({ event, step }) => {
      const partnerId = event.name === pricesChanged.name ? event.data.partnerId : undefined;
      if (partnerId) return step.run("check-one", () => checkMargins({ partnerId }));
      const told = { partners: 0, below: 0 };
      let after: string | null = null;
      for (let turn = 0; turn < MAX_STEPS; turn++) {
        const checked: CheckedMargins = await step.run(`check-${turn}`, () => checkMargins({ after }));
        told.partners += checked.partners;
        told.below += checked.below;
        if (checked.next === null) return told;
        after = checked.next;
      }
      throw new Error(`More than ${MAX_STEPS} steps of partners: let one step check more`);
    },
  );
