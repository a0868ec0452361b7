import { cron, type Inngest } from "inngest";
import { pruneAnswers } from "@/lib/orders";
import { pruneOutbox } from "@/lib/outbox";
import { pruneQuotes } from "@/lib/quotes";
import { pruneRefreshes } from "@/lib/refresh";
import { pruneCalls } from "@/lib/supplier";

/** Each night: what was kept for its time goes. Orders, money, cards and the audit stay. */
export const prune = (client: Inngest) =>
  client.createFunction(
    { id: "prune", triggers: [cron("17 3 * * *")], concurrency: { limit: 1 }, retries: 2 },
    async ({ step }) => ({
      events: await step.run("events", () => pruneOutbox()),
      answers: await step.run("answers", () => pruneAnswers()),
      quotes: await step.run("quotes", () => pruneQuotes()),
      calls: await step.run("calls", () => pruneCalls()),
      refreshes: await step.run("refreshes", () => pruneRefreshes()),
    }),
  );
