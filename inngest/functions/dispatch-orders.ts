import type { Inngest } from "inngest";
import { drain } from "@/lib/dispatch";
import { relayOutbox } from "@/lib/outbox";
import { sendEvents } from "../client";
import { ordersQueued } from "../events";
import { wholeSeconds } from "../waits";

/** Some minutes of buying in one run; what it leaves the next event or the sweep picks up. */
const MAX_TURNS = 20;

/** While something waits: buys for as many orders as fit into each turn. The event only says that there is work; the queue is in the database. */
export const dispatchOrders = (client: Inngest) =>
  client.createFunction(
    { id: "dispatch-orders", triggers: [ordersQueued], concurrency: { limit: 5 }, retries: 3 },
    async ({ step }) => {
      let dispatches = 0;
      for (let turn = 0; turn < MAX_TURNS; turn++) {
        const drained = await step.run(`drain-${turn}`, () => drain({ afterEach: () => relayOutbox(sendEvents) }));
        dispatches += drained.dispatches;
        if (drained.next.kind === "empty") break;
        if (drained.next.kind !== "more") await step.sleep(`pace-${turn}`, wholeSeconds(drained.next.waitMs));
      }
      return { dispatches };
    },
  );
