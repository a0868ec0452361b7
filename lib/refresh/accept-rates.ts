import { and, eq, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { auditLog, rateSnapshots } from "@/drizzle/schema";
import { resolveAlert } from "@/lib/alerts";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { AppError, notFound } from "@/lib/errors";
import { isUuid, newId } from "@/lib/ids";
import { enqueue } from "@/lib/outbox";
import { checkRates } from "@/lib/pricing";
import { lockRates, newestRates, type RateSnapshot, REFUSED } from "./keep-rates";
import { selectSnapshots, toSnapshot } from "./rate-rows";
import type { RatesView } from "./schemas";

/**
 * Puts a refused list of rates in use, on an admin's word; one that is in use stays as it is. Throws `not_found`, and `conflict` where
 * the supplier has said something else since, or where nothing tells which way round the list is.
 */
export async function acceptRates(ctx: Ctx, id: string): Promise<RatesView["history"][number]> {
  const { userId } = requireStaffActor(ctx, "catalog.manage");
  if (!isUuid(id)) throw notFound("list of exchange rates");
  return db().transaction(async (tx) => {
    await lockRates(tx);
    const [found] = await tx.select().from(rateSnapshots).where(eq(rateSnapshots.id, id));
    if (!found) throw notFound("list of exchange rates");
    if (found.status === "refused") await accept(tx, found, { userId, requestId: ctx.requestId });
    const [shown] = await selectSnapshots(tx).where(eq(rateSnapshots.id, id));
    if (!shown) throw notFound("list of exchange rates");
    return toSnapshot(shown);
  });
}

async function accept(tx: Transaction, found: RateSnapshot, by: { userId: string; requestId: string }): Promise<void> {
  await refuseIfOvertaken(tx, found);
  const checked = checkRates({ base: found.base, perBase: found.rates });
  if (checked.kind === "implausible" && !checked.directionKnown)
    throw new AppError("conflict", `This list cannot be used by anyone. ${checked.why} Ask the supplier what it means.`);
  await tx
    .update(rateSnapshots)
    .set({ status: "used", acceptedBy: by.userId, acceptedAt: sql`clock_timestamp()` })
    .where(and(eq(rateSnapshots.id, found.id), eq(rateSnapshots.status, "refused")));
  await resolveAlert(tx, REFUSED);
  await enqueue(tx, [{ name: "prices/changed", data: {} }]);
  await tx.insert(auditLog).values({
    id: newId(),
    actor: `user:${by.userId}`,
    action: "rates.accepted",
    subject: `rates:${found.id}`,
    detail: { refusedBecause: found.refusedBecause, currencies: Object.keys(found.rates).length, requestId: by.requestId },
  });
}

/** The list in use is the one that began last, so only the supplier's last word can follow it. */
async function refuseIfOvertaken(tx: Transaction, found: RateSnapshot): Promise<void> {
  const [used, refused] = [await newestRates(tx, "used"), await newestRates(tx, "refused")];
  const overtaken = refused?.id !== found.id || (used !== null && used.lastSeenAt >= found.lastSeenAt);
  if (overtaken)
    throw new AppError(
      "conflict",
      "The supplier has sent other rates since this list. Look at the newest list and decide about that one.",
    );
}
