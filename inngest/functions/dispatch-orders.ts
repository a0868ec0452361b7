import type { Inngest } from "inngest";
import { placeNext } from "@/lib/dispatch";
import { relayOutbox } from "@/lib/outbox";
import { sendEvents } from "../client";
import { ordersQueued } from "../events";
import { wholeSeconds } from "../waits";

/** One run buys for many orders; what it leaves the next event or the sweep picks up. */
const MAX_ORDERS_PER_RUN = 25;

/** While something waits: wait for a slot, claim, buy. The event only says that there is work; the queue is in the database. */
export const dispatchOrders = (client: Inngest) =>
  client.createFunction(
    { id: "dispatch-orders", triggers: [ordersQueued], concurrency: { limit: 5 }, retries: 3 },
    async ({ step }) => {
      let placed = 0;
      for (let turn = 0; turn < MAX_ORDERS_PER_RUN; turn++) {
        const result = await step.run(`place-${turn}`, async () => {
          const outcome = await placeNext();
          if (outcome.kind === "placed") await relayOutbox(sendEvents);
          return outcome;
        });
        if (result.kind === "empty") break;
        if (result.kind === "placed") placed += 1;
        if (result.kind === "wait") await step.sleep(`pace-${turn}`, wholeSeconds(result.waitMs));
      }
      return { placed };
    },
  );
