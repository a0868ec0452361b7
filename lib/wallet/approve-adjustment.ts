import { db } from "@/drizzle/client";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { readAdjustment } from "./adjustment-rows";
import { decideAdjustment } from "./decide-adjustment";
import type { Adjustment } from "./ledger.schemas";
import { postAdjustment } from "./post-adjustment";
import { recordAudit } from "./record-audit";

/**
 * The second admin's yes: the adjustment is posted and its money moved, in one transaction. Throws what `decideAdjustment` throws, and
 * `insufficient_funds` when it takes more than the wallet has: it then stays pending.
 */
export async function approveAdjustment(ctx: Ctx, id: string): Promise<Adjustment> {
  const { userId } = requireStaffActor(ctx, "ledger.adjust");
  return db().transaction(async (tx) => {
    const approved = await decideAdjustment(tx, { id, userId, status: "posted" });
    await postAdjustment(tx, approved);
    await recordAudit(tx, {
      userId,
      requestId: ctx.requestId,
      partnerId: approved.partnerId,
      action: "adjustment.approved",
      subject: `adjustment:${id}`,
      detail: { amountMinor: approved.amountMinor, currency: approved.currency, requestedBy: approved.requestedBy },
    });
    return readAdjustment(tx, id);
  });
}
