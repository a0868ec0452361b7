import { cron, type GetStepTools, type Inngest } from "inngest";
import { WAITED_FOR_MS } from "@/lib/catalog";
import { beginRefresh, completeRefresh, failRefresh, heard, refreshPage, refreshWhole } from "@/lib/refresh";
import { refreshRequested } from "../events";
import { wholeSeconds } from "../waits";

/** 100 brands a page; far beyond any catalogue seen. */
const MAX_PAGES = 200;
const MAX_WAITS = 20;
/** Shorter than what takes a silent reader for dead; a longer wait is waited in parts. */
const MAX_PART_MS = 200_000;

/** One full read of the catalogue, page by page or as one answer. Whatever goes wrong, the last good catalogue stays. */
export const refreshCatalog = (client: Inngest) =>
  client.createFunction(
    { id: "refresh-catalog", triggers: [cron("*/30 * * * *"), refreshRequested], concurrency: { limit: 1 }, retries: 3 },
    async ({ event, step }) => {
      const trigger = "trigger" in event.data ? event.data.trigger : "schedule";
      const acceptShrink = "acceptShrink" in event.data && event.data.acceptShrink === "yes";
      const begin = () => beginRefresh(trigger, undefined, acceptShrink);
      let began = await step.run("begin", begin);
      if (began.kind === "not_now" && began.waitMs !== null && began.waitMs <= WAITED_FOR_MS) {
        await step.sleep("until-allowed", `${Math.ceil(began.waitMs / 1_000) + 1}s`);
        began = await step.run("begin-again", begin);
      }
      if (began.kind === "not_now") return began;
      const { refreshId, source } = began;
      try {
        const unusable = source === "v1" ? await readWhole(step, refreshId) : await readPages(step, refreshId);
        if (unusable === null) return await step.run("withdraw-missing", () => completeRefresh(refreshId));
        await step.run("keep-last", () => failRefresh(refreshId, unusable));
        return { kind: "failed", error: unusable };
      } catch (error) {
        await step.run("keep-last", () => failRefresh(refreshId, error instanceof Error ? error.message : "unknown cause"));
        throw error;
      }
    },
  );

type Step = GetStepTools<Inngest>;

/** Why the read cannot be used, or null. A page that throws is read again a few times by the queue. */
async function readPages(step: Step, refreshId: string): Promise<string | null> {
  let waits = 0;
  for (let page = 0; page < MAX_PAGES; ) {
    const result = await step.run(`page-${page}-${waits}`, () => refreshPage(refreshId, page));
    if (result.kind === "later") {
      if (++waits > MAX_WAITS) return "The supplier kept the catalogue back for too long.";
      await pace(step, refreshId, waits, result.waitMs);
      continue;
    }
    if (result.last) return null;
    page += 1;
  }
  return `The catalogue has more than ${MAX_PAGES} pages; raise the bound if that is true.`;
}

async function readWhole(step: Step, refreshId: string): Promise<string | null> {
  for (let waits = 1; waits <= MAX_WAITS; waits++) {
    const result = await step.run(`whole-${waits}`, () => refreshWhole(refreshId));
    if (result.kind === "whole") return null;
    if (result.kind === "unusable") return result.why;
    await pace(step, refreshId, waits, result.waitMs);
  }
  return "The supplier kept the catalogue back for too long.";
}

async function pace(step: Step, refreshId: string, waits: number, waitMs: number): Promise<void> {
  await step.run(`heard-${waits}`, () => heard(refreshId));
  await step.sleep(`pace-${waits}`, wholeSeconds(Math.min(waitMs, MAX_PART_MS)));
}
