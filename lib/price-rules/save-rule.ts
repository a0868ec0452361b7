import { eq, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { priceRules } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { AppError, invariant, notFound } from "@/lib/errors";
import { isUuid, newId } from "@/lib/ids";
import { enqueue } from "@/lib/outbox";
import { MAX_RULES } from "@/lib/pricing";
import { auditRule } from "./audit-rule";
import { lockPartner } from "./lock-partner";
import { requireFree, requireKnown } from "./require-free";
import { loadRule } from "./rule-rows";
import type { Rule, RuleInput } from "./schemas";

/**
 * Makes a price rule, or puts one in the place of `ruleId`, which keeps its age and so its precedence. Prices move with the commit; quotes
 * and orders that were made keep theirs. Throws `not_found`, `invalid_input`, and `conflict` where the scope has a rule.
 */
export async function saveRule(ctx: Ctx, ruleId: string | null, input: RuleInput): Promise<Rule> {
  const { userId } = requireStaffActor(ctx, "prices.manage");
  if (ruleId !== null && !isUuid(ruleId)) throw notFound("price rule");
  return db().transaction(async (tx) => {
    await lockPartner(tx, input.partnerId);
    const before = ruleId === null ? null : await ruleOf(tx, ruleId, input.partnerId);
    await requireFree(tx, input, ruleId);
    if (before?.scope !== input.scope || before.scopeId !== input.scopeId) await requireKnown(tx, input);
    const id = before?.id ?? newId();
    const { partnerId, ...values } = input;
    const written = { ...values, updatedAt: sql`now()`, updatedBy: userId };
    if (before) await tx.update(priceRules).set(written).where(eq(priceRules.id, id));
    else await insert(tx, { id, partnerId, ...written });
    await auditRule(tx, ctx, userId, {
      action: before ? "price_rule.changed" : "price_rule.made",
      id,
      partnerId,
      before,
      after: input,
    });
    await enqueue(tx, [{ name: "prices/changed", data: { partnerId } }]);
    const saved = await loadRule(tx, id);
    invariant(saved, `price rule ${id} was just written`);
    return saved;
  });
}

async function ruleOf(tx: Transaction, ruleId: string, partnerId: string): Promise<Rule> {
  const rule = await loadRule(tx, ruleId);
  if (!rule) throw notFound("price rule");
  if (rule.partnerId === partnerId) return rule;
  throw new AppError("invalid_input", "A rule stays with its partner. Make a new one for the other partner.", {
    fields: [{ path: "partnerId", message: "not the rule's partner" }],
  });
}

type NewRule = Omit<typeof priceRules.$inferInsert, "updatedAt"> & { updatedAt: ReturnType<typeof sql> };

async function insert(tx: Transaction, rule: NewRule): Promise<void> {
  const { rows } = await tx.execute<{ rules: number }>(
    sql`select count(*)::int as rules from price_rules where partner_id = ${rule.partnerId}`,
  );
  if ((rows[0]?.rules ?? 0) >= MAX_RULES)
    throw new AppError("conflict", `This partner has ${MAX_RULES} rules, which is the most. Use rules for brands or categories.`);
  await tx.insert(priceRules).values(rule);
}
