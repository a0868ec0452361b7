import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { adjustments } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { derivedId } from "@/lib/ids";
import { readAdjustment } from "./adjustment-rows";
import { type Adjustment, isLargeAdjustment, type RequestAdjustmentInput } from "./ledger.schemas";
import { partnerWallet } from "./partner-wallet";
import { postAdjustment } from "./post-adjustment";
import { recordAudit } from "./record-audit";

/**
 * Asks for a correction of a wallet. A small one is posted at once; a large one waits for another admin. The same person's same key is
 * the same adjustment: it is answered as it stands now, and nothing happens twice.
 */
export async function requestAdjustment(
  ctx: Ctx,
  input: RequestAdjustmentInput,
  idempotencyKey: string,
): Promise<{ adjustment: Adjustment; replayed: boolean }> {
  const { userId } = requireStaffActor(ctx, "ledger.adjust");
  const id = derivedId("adjustment", userId, idempotencyKey);
  const small = !isLargeAdjustment(input.amountMinor, input.currency);
  return db().transaction(async (tx) => {
    await partnerWallet(tx, input);
    const [made] = await tx
      .insert(adjustments)
      .values({
        id,
        ...input,
        requestedBy: userId,
        status: small ? "posted" : "pending",
        decidedAt: small ? sql`now()` : null,
      })
      .onConflictDoNothing({ target: adjustments.id })
      .returning();
    if (!made) return { adjustment: await earlier(tx, id, input), replayed: true };
    if (small) await postAdjustment(tx, made);
    await recordAudit(tx, {
      userId,
      requestId: ctx.requestId,
      partnerId: input.partnerId,
      action: small ? "adjustment.posted" : "adjustment.requested",
      subject: `adjustment:${id}`,
      detail: { amountMinor: input.amountMinor, currency: input.currency, reason: input.reason },
    });
    return { adjustment: await readAdjustment(tx, id), replayed: false };
  });
}

async function earlier(tx: Transaction, id: string, input: RequestAdjustmentInput): Promise<Adjustment> {
  const adjustment = await readAdjustment(tx, id);
  const same =
    adjustment.partnerId === input.partnerId &&
    adjustment.amount.currency === input.currency &&
    adjustment.amount.amountMinor === input.amountMinor &&
    adjustment.reason === input.reason;
  if (same) return adjustment;
  throw new AppError(
    "idempotency_key_reused",
    "This Idempotency-Key was used for another adjustment. Make a new key for each new one.",
    { fields: [{ path: "Idempotency-Key", message: "used before with another body" }] },
  );
}
