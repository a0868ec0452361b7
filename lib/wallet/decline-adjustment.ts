import { db } from "@/drizzle/client";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { readAdjustment } from "./adjustment-rows";
import { decideAdjustment } from "./decide-adjustment";
import type { Adjustment } from "./ledger.schemas";
import { recordAudit } from "./record-audit";

/** Ends a pending adjustment without moving anything. Whoever asked for it may take it back this way. */
export async function declineAdjustment(ctx: Ctx, id: string): Promise<Adjustment> {
  const { userId } = requireStaffActor(ctx, "ledger.adjust");
  return db().transaction(async (tx) => {
    const declined = await decideAdjustment(tx, { id, userId, status: "declined" });
    await recordAudit(tx, {
      userId,
      requestId: ctx.requestId,
      partnerId: declined.partnerId,
      action: "adjustment.declined",
      subject: `adjustment:${id}`,
      detail: { amountMinor: declined.amountMinor, currency: declined.currency, requestedBy: declined.requestedBy },
    });
    return readAdjustment(tx, id);
  });
}
