import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { auditLog, dispatches } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { AppError, notFound } from "@/lib/errors";
import { isUuid, newId } from "@/lib/ids";
import { enqueue } from "@/lib/outbox";
import { ASK_AGAIN_SECONDS, type Inquiry } from "./stuck.schemas";

/**
 * A person has the supplier asked about a purchase now instead of at the next turn. It reads; it never gives back and never buys anew.
 * Throws `conflict` when it is over, or when a person had it asked a moment ago (then `data.nextAllowedAt` says when).
 */
export async function askAgain(ctx: Ctx, dispatchId: string): Promise<Inquiry> {
  const { userId } = requireStaffActor(ctx, "purchases.ask");
  if (!isUuid(dispatchId)) throw notFound("purchase");
  return db().transaction(async (tx) => {
    // The clock, not the transaction's start: of two who press at once, the one that waited for the row sees the other's time.
    const [asked] = await tx
      .update(dispatches)
      .set({
        askedAt: sql`clock_timestamp()`,
        hintedAt: sql`clock_timestamp()`,
        nextCheckAt: sql`least(${dispatches.nextCheckAt}, clock_timestamp())`,
      })
      .where(
        and(
          eq(dispatches.id, dispatchId),
          inArray(dispatches.status, ["prepared", "placed"]),
          or(
            isNull(dispatches.askedAt),
            sql`${dispatches.askedAt} <= clock_timestamp() - make_interval(secs => ${ASK_AGAIN_SECONDS})`,
          ),
        ),
      )
      .returning({ id: dispatches.id, askedAt: dispatches.askedAt });
    if (!asked?.askedAt) throw await refusal(tx, dispatchId);
    await tx.insert(auditLog).values({
      id: newId(),
      actor: `user:${userId}`,
      action: "dispatch.asked_again",
      subject: `dispatch:${asked.id}`,
      detail: { requestId: ctx.requestId },
    });
    // One wakes who follows it already, the other starts somebody where nobody does.
    await enqueue(tx, [
      { name: "bamboo/notified", data: { dispatchId: asked.id } },
      { name: "dispatches/stalled", data: { dispatchId: asked.id } },
    ]);
    return {
      id: asked.id,
      askedAt: asked.askedAt.toISOString(),
      nextAllowedAt: new Date(asked.askedAt.getTime() + ASK_AGAIN_SECONDS * 1_000).toISOString(),
    };
  });
}

async function refusal(tx: Transaction, dispatchId: string): Promise<AppError> {
  const [found] = await tx
    .select({
      status: dispatches.status,
      askedAt: dispatches.askedAt,
      waitSeconds: sql<number>`ceil(${ASK_AGAIN_SECONDS} - extract(epoch from clock_timestamp() - ${dispatches.askedAt}))::int`,
    })
    .from(dispatches)
    .where(eq(dispatches.id, dispatchId));
  if (!found) return notFound("purchase");
  if (found.status === "settled" || found.status === "rejected" || !found.askedAt)
    return new AppError("conflict", "This purchase is over, so there is nothing left to ask. Its orders show what came of it.");
  const waitSeconds = Math.max(found.waitSeconds, 1);
  return new AppError("conflict", `The supplier was asked a moment ago. Ask again in ${waitSeconds} s.`, {
    data: { nextAllowedAt: new Date(found.askedAt.getTime() + ASK_AGAIN_SECONDS * 1_000).toISOString() },
  });
}
