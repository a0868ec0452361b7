import { cron, type Inngest } from "inngest";
import { checkLedger as check } from "@/lib/wallet";

/** Every ten minutes: do the transfers give the balances? A fault raises an alert; the step's result names no account and no amount. */
export const checkLedger = (client: Inngest) =>
  client.createFunction(
    { id: "check-ledger", triggers: [cron("*/10 * * * *")], concurrency: { limit: 1 }, retries: 2 },
    async ({ step }) =>
      step.run("check", async () => {
        const { ok, found, transfers } = await check();
        return { ok, found, transfers };
      }),
  );
