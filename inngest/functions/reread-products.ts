import type { Inngest } from "inngest";
import { planRereads, type Reread, rereadProducts } from "@/lib/refresh";
import { refreshRequested, rereadRequested } from "../events";
import { wholeSeconds } from "../waits";

const MAX_WAITS = 20;
/** Products that their brand lacks, asked for by their own id in the same run; the wishes of the rest stay for the next. */
const MAX_CHECKS = 20;
/** Of the wishes for a full read within this time one is enough. */
const REFRESH_WISH_MS = 5 * 60_000;

/** Products that a webhook named, that the supplier refused or that a full read missed, read by themselves. What a run leaves the sweep nudges. */
export const rereadNamedProducts = (client: Inngest) =>
  client.createFunction(
    { id: "reread-products", triggers: [rereadRequested], concurrency: { limit: 1 }, retries: 2 },
    async ({ step }) => {
      const plan = await step.run("plan", () => planRereads());
      if (plan.kind === "too_many") {
        await step.run("read-all", () =>
          client.send({
            ...refreshRequested.create({ trigger: "webhook" }),
            id: `catalog-rereads:${Math.floor(Date.now() / REFRESH_WISH_MS)}`,
          }),
        );
        return plan;
      }
      const reads: Reread[] = [...plan.reads];
      const most = reads.length + MAX_CHECKS;
      let [products, unusable, waits] = [0, 0, 0];
      for (let read = 0; read < Math.min(reads.length, most); ) {
        const reread = reads[read];
        if (!reread) break;
        const result = await step.run(`read-${read}-${waits}`, () => rereadProducts(reread));
        if (result.kind === "later") {
          if (++waits > MAX_WAITS) break;
          await step.sleep(`pace-${waits}`, wholeSeconds(result.waitMs));
          continue;
        }
        if (result.kind === "unusable") unusable += 1;
        else {
          products += result.products;
          reads.push(...result.missing.map((productId) => ({ productId, productIds: [productId] })));
        }
        read += 1;
      }
      return { kind: "read", reads: Math.min(reads.length, most), products, unusable };
    },
  );
