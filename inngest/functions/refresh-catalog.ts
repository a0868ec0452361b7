import { cron, type Inngest } from "inngest";
import { beginRefresh, completeRefresh, failRefresh, refreshPage } from "@/lib/catalog";
import { refreshRequested } from "../events";
import { wholeSeconds } from "../waits";

/** 100 brands a page; far beyond any catalogue seen. */
const MAX_PAGES = 200;
const MAX_WAITS = 20;

/** One full read of the catalogue, page by page. Whatever goes wrong, the last good catalogue stays. */
export const refreshCatalog = (client: Inngest) =>
  client.createFunction(
    { id: "refresh-catalog", triggers: [cron("*/30 * * * *"), refreshRequested], concurrency: { limit: 1 }, retries: 3 },
    async ({ event, step }) => {
      const trigger = "trigger" in event.data ? event.data.trigger : "schedule";
      const began = await step.run("begin", () => beginRefresh(trigger));
      if (began.kind === "not_now") return began;
      try {
        const counts = { brands: 0, products: 0 };
        let waits = 0;
        for (let page = 0; page < MAX_PAGES; ) {
          const result = await step.run(`page-${page}-${waits}`, () => refreshPage(page));
          if (result.kind === "later") {
            if (++waits > MAX_WAITS) throw new Error("The supplier kept the catalogue back for too long");
            await step.sleep(`pace-${waits}`, wholeSeconds(result.waitMs));
            continue;
          }
          counts.brands += result.brands;
          counts.products += result.products;
          page += 1;
          if (result.last) break;
        }
        return await step.run("withdraw-missing", () => completeRefresh(began.refreshId, counts));
      } catch (error) {
        await step.run("keep-last", () => failRefresh(began.refreshId, error instanceof Error ? error.message : "unknown cause"));
        throw error;
      }
    },
  );
