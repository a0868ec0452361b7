import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import { sleep } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { magicProducts } from "@/local/bamboo/magic";
import { asOwner, sandbox } from "@/local/testing/factories";
import { claimed } from "@/local/testing/model/purchases";
import { advanceDispatch } from "./advance-dispatch";
import { checkOutstanding } from "./check-outstanding";
import { loadFacts } from "./load-facts";
import { nextAction } from "./next-action";

const TIMEOUT_MS = 60_000;
const MAX_POST_TURNS = 20;
const unknownThere: string[] = [];

afterAll(() => asOwner((owner) => owner.delete(dispatches).where(inArray(dispatches.id, unknownThere))));

/** At the supplier, and read by nobody yet; placed long enough ago to be due. */
async function placed(productId: number): Promise<string> {
  const { dispatchId } = await claimed(1, productId);
  for (let turn = 0; turn < MAX_POST_TURNS; turn++) {
    const advanced = await advanceDispatch(dispatchId);
    const { facts } = await loadFacts(dispatchId);
    if (facts.status === "placed") break;
    await sleep(advanced.kind === "wait" ? advanced.waitMs : 0);
  }
  await db()
    .update(dispatches)
    .set({ placedAt: sql`now() - interval '1 minute'`, nextCheckAt: sql`now() - interval '1 minute'` })
    .where(eq(dispatches.id, dispatchId));
  return dispatchId;
}

async function placeUnknown(count: number): Promise<void> {
  const values = Array.from({ length: count }, () => ({
    id: newId(),
    accountId: 1,
    status: "placed" as const,
    body: "{}",
    cards: 1,
    placedAt: new Date(Date.now() - 60_000),
  }));
  await db().insert(dispatches).values(values);
  unknownThere.push(...values.map(({ id }) => id));
}

const reportReads = async () => (await sandbox().arrivals("orders")).length;
const factsOf = async (id: string) => (await loadFacts(id)).facts;

test(
  "many that are due for a read cost one read of the report: those over are asked about, the others left alone",
  async () => {
    const over = await placed(magicProducts.callbackNeverComes.id);
    const open = await placed(magicProducts.pendingTwoMinutes.id);
    const before = await reportReads();
    const few = await checkOutstanding();
    expect(few).toMatchObject({ over: [], open: 0 });
    expect(few.due).toBeGreaterThanOrEqual(2);
    expect(await reportReads()).toBe(before);

    await placeUnknown(45);
    await expect.poll(async () => (await sandbox().order(over)).final).toBe(true);
    const told = await checkOutstanding();
    expect(await reportReads()).toBe(before + 1);
    expect(told.due).toBeGreaterThanOrEqual(47);
    expect(told.over).toContain(over);
    expect(told.over).not.toContain(open);

    expect(await factsOf(over)).toMatchObject({ hinted: true, reads: 0, reportedOpenAtMs: null });
    const { facts, nowMs } = await loadFacts(open);
    expect(facts).toMatchObject({ hinted: false, reads: 0 });
    const next = nextAction(facts, nowMs);
    expect(next.kind === "wait" && next.untilMs - nowMs).toBeGreaterThan(50_000);
    // What the report does not name is read by itself.
    expect(await factsOf(unknownThere[0] ?? "")).toMatchObject({ hinted: false, reportedOpenAtMs: null });

    expect(await advanceDispatch(over)).toEqual({ kind: "done" });
    expect(await factsOf(over)).toMatchObject({ status: "settled", reads: 1 });
  },
  TIMEOUT_MS,
);
