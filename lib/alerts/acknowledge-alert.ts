import { and, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { alerts, auditLog } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { isUuid, newId } from "@/lib/ids";
import { selectAlerts, toAlert } from "./alert-rows";
import { isClosedByHand } from "./closed-by-hand";
import type { Alert } from "./schemas";

/**
 * Notes that an admin has seen an open alert, and ends it where only a person can. The first to do so is named; doing it again, or to
 * one that is over, changes nothing and answers how it stands. Throws `not_found`.
 */
export async function acknowledgeAlert(ctx: Ctx, id: string): Promise<Alert> {
  const { userId } = requireStaffActor(ctx, "purchases.ask");
  if (!isUuid(id)) throw notFound("alert");
  return db().transaction(async (tx) => {
    const [found] = await tx.select({ kind: alerts.kind }).from(alerts).where(eq(alerts.id, id));
    if (!found) throw notFound("alert");
    const closes = isClosedByHand(found.kind);
    // The clock, not the transaction's start: it may have waited for one that raised the alert again meanwhile.
    const now = sql`clock_timestamp()`;
    const [done] = await tx
      .update(alerts)
      .set({ acknowledgedAt: now, acknowledgedBy: userId, ...(closes ? { resolvedAt: now } : {}) })
      .where(and(eq(alerts.id, id), isNull(alerts.acknowledgedAt), isNull(alerts.resolvedAt)))
      .returning({ kind: alerts.kind, subject: alerts.subject, times: alerts.times });
    if (done)
      await tx.insert(auditLog).values({
        id: newId(),
        actor: `user:${userId}`,
        action: closes ? "alert.closed" : "alert.acknowledged",
        subject: `alert:${id}`,
        detail: { kind: done.kind, about: done.subject, times: done.times, requestId: ctx.requestId },
      });
    const [alert] = await selectAlerts(tx).where(eq(alerts.id, id));
    if (!alert) throw notFound("alert");
    return toAlert(alert);
  });
}
