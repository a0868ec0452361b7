import { cron, type Inngest } from "inngest";
import { returnUnavailable } from "@/lib/availability";
import { checkOutstanding, findStalled } from "@/lib/dispatch";
import { relayOutbox } from "@/lib/outbox";
import { endAbandoned, whatIsOld } from "@/lib/refresh";
import { catchUpBreakers } from "@/lib/supplier";
import { sendEvents } from "../client";
import { bambooNotified, ratesRequested, refreshRequested, rereadRequested } from "../events";

/** Each minute: sends what was not sent, and nudges what has waited too long. Nothing depends on an event having arrived. */
export const sweep = (client: Inngest) =>
  client.createFunction(
    { id: "sweep", triggers: [cron("* * * * *")], concurrency: { limit: 1 }, retries: 0 },
    async ({ step }) => {
      const relayed = await step.run("relay", () => relayOutbox(sendEvents));
      const nudged = await step.run("nudge", async () => {
        const stalled = await findStalled();
        if (stalled.length > 0) await client.send(stalled);
        return stalled.length;
      });
      await step.run("end-abandoned", () => endAbandoned());
      await step.run("freshen", async () => {
        const old = await whatIsOld();
        if (old.catalog) await client.send(refreshRequested.create({ trigger: "schedule" }));
        if (old.rates) await client.send(ratesRequested.create({}));
        if (old.products) await client.send(rereadRequested.create({}));
        return old;
      });
      await step.run("breakers", () => catchUpBreakers());
      await step.run("return-unavailable", () => returnUnavailable());
      // Last: it waits for the supplier, which the rest must not.
      const reported = await step.run("check-outstanding", async () => {
        const { over, ...counts } = await checkOutstanding();
        if (over.length > 0) await client.send(over.map((dispatchId) => bambooNotified.create({ dispatchId })));
        return { ...counts, over: over.length };
      });
      return { relayed, nudged, reported };
    },
  );
