import { and, eq, inArray, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import type { SupplierOrder } from "@/lib/bamboo";
import { supplier } from "@/lib/supplier";
import { markInDoubt } from "./mark-in-doubt";
import { markPlaced } from "./mark-placed";
import { settleDispatch } from "./settle-dispatch";
import { waitForSlot } from "./wait-for-slot";

export type Asked = { kind: "asked" } | { kind: "not_now"; waitMs: number };

const MAX_SLOT_WAIT_MS = 8_000;

/** Reads a purchase at the supplier and writes down what it told; a final answer settles it. Codes go from the answer to sealed rows. */
export async function askSupplier(dispatchId: string): Promise<Asked> {
  const slot = await waitForSlot(() => supplier().slot("getOrder", MAX_SLOT_WAIT_MS));
  if ("waitMs" in slot) return { kind: "not_now", waitMs: slot.waitMs };
  const askedAt = performance.now();
  const reading = await supplier().order(dispatchId);
  const secondsAgo = (performance.now() - askedAt) / 1_000;
  switch (reading.kind) {
    case "throttled":
      return { kind: "not_now", waitMs: reading.waitSeconds * 1_000 };
    case "found":
      await recordFound(dispatchId, secondsAgo, reading.order);
      if (reading.order.state === "final") await settleDispatch(dispatchId, reading.order);
      return { kind: "asked" };
    case "not_found":
    case "unclear":
      await recordNothing(dispatchId, secondsAgo, reading.kind);
      return { kind: "asked" };
  }
}

async function recordFound(dispatchId: string, secondsAgo: number, order: SupplierOrder): Promise<void> {
  await db().transaction(async (tx) => {
    await markPlaced(tx, dispatchId);
    await recordRead(tx, dispatchId, secondsAgo, {
      lastReadResult: order.state,
      supplierOrderId: order.supplierOrderId,
      supplierStatus: order.status,
    });
  });
}

/** What the supplier does not find though we had reason to ask, an attempt of ours or its own report, is in doubt. */
async function recordNothing(dispatchId: string, secondsAgo: number, lastReadResult: "not_found" | "unclear"): Promise<void> {
  await db().transaction(async (tx) => {
    await recordRead(tx, dispatchId, secondsAgo, { lastReadResult });
    await markInDoubt(tx, dispatchId);
  });
}

/** A read counts from when it was asked: what came up while it was under way is still news. */
async function recordRead(
  tx: Transaction,
  dispatchId: string,
  secondsAgo: number,
  told: Partial<typeof dispatches.$inferInsert>,
): Promise<void> {
  await tx
    .update(dispatches)
    .set({ ...told, lastReadAt: sql`now() - make_interval(secs => ${secondsAgo})`, reads: sql`${dispatches.reads} + 1` })
    .where(and(eq(dispatches.id, dispatchId), inArray(dispatches.status, ["prepared", "placed"])));
}
