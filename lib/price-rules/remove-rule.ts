import { eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { priceRules } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import { enqueue } from "@/lib/outbox";
import { auditRule } from "./audit-rule";
import { lockPartner } from "./lock-partner";
import { loadRule } from "./rule-rows";
import type { Rule } from "./schemas";

/** Takes a price rule away; the next less specific one prices what it covered, or none. Answers what it was. Throws `not_found`. */
export async function removeRule(ctx: Ctx, ruleId: string): Promise<Rule> {
  const { userId } = requireStaffActor(ctx, "prices.manage");
  if (!isUuid(ruleId)) throw notFound("price rule");
  return db().transaction(async (tx) => {
    const [found] = await tx.select({ partnerId: priceRules.partnerId }).from(priceRules).where(eq(priceRules.id, ruleId));
    if (!found) throw notFound("price rule");
    await lockPartner(tx, found.partnerId);
    const rule = await loadRule(tx, ruleId);
    const removed = await tx.delete(priceRules).where(eq(priceRules.id, ruleId)).returning({ id: priceRules.id });
    if (!rule || removed.length === 0) throw notFound("price rule");
    const { partnerId } = rule;
    await auditRule(tx, ctx, userId, { action: "price_rule.removed", id: ruleId, partnerId, before: rule, after: null });
    await enqueue(tx, [{ name: "prices/changed", data: { partnerId } }]);
    return rule;
  });
}
