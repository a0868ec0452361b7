import type { Transaction } from "@/drizzle/client";
import { auditLog } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { newId } from "@/lib/ids";
import type { RuleInput } from "./schemas";

interface Entry {
  action: "price_rule.made" | "price_rule.changed" | "price_rule.removed";
  id: string;
  partnerId: string;
  before: RuleInput | null;
  after: RuleInput | null;
}

/** Writes who changed a partner's prices, in the transaction that does: if this fails, so does that. */
export async function auditRule(tx: Transaction, ctx: Ctx, userId: string, entry: Entry): Promise<void> {
  const { action, id, partnerId, before, after } = entry;
  await tx.insert(auditLog).values({
    id: newId(),
    actor: `user:${userId}`,
    partnerId,
    action,
    subject: `price_rule:${id}`,
    detail: { before: before && termsOf(before), after: after && termsOf(after), requestId: ctx.requestId },
  });
}

function termsOf({ name, scope, scopeId, kind, basisPoints, fixedFeeMinor, minMarginBasisPoints }: RuleInput) {
  return { name, scope, scopeId, kind, basisPoints, fixedFeeMinor, minMarginBasisPoints };
}
