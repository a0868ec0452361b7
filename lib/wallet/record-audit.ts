import type { Transaction } from "@/drizzle/client";
import { auditLog } from "@/drizzle/schema";
import { newId } from "@/lib/ids";

interface Entry {
  userId: string;
  requestId: string;
  partnerId: string;
  /** As `noun.fact`: `adjustment.posted`. */
  action: string;
  subject: string;
  detail: Record<string, unknown>;
}

/** Writes who moved or may move money, in the transaction that moves it: if this fails, so does that. */
export async function recordAudit(tx: Transaction, entry: Entry): Promise<void> {
  const { userId, requestId, partnerId, action, subject, detail } = entry;
  await tx
    .insert(auditLog)
    .values({ id: newId(), actor: `user:${userId}`, partnerId, action, subject, detail: { ...detail, requestId } });
}
