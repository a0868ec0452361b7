import { and, eq, isNull, ne } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { priceRules } from "@/drizzle/schema";
import { nameScopes, type Scope } from "@/lib/availability";
import { AppError } from "@/lib/errors";
import type { RuleInput } from "./schemas";

/** One rule for each scope of a partner: throws `conflict` naming the one that is there. `ruleId` is the one to be replaced. */
export async function requireFree(executor: Executor, rule: RuleInput, ruleId: string | null): Promise<void> {
  const [other] = await executor
    .select({ id: priceRules.id, name: priceRules.name })
    .from(priceRules)
    .where(
      and(
        eq(priceRules.partnerId, rule.partnerId),
        eq(priceRules.scope, rule.scope),
        rule.scopeId === null ? isNull(priceRules.scopeId) : eq(priceRules.scopeId, rule.scopeId),
        ruleId === null ? undefined : ne(priceRules.id, ruleId),
      ),
    );
  if (!other) return;
  const what = rule.scope === "default" ? "The default of this partner" : `This ${rule.scope}`;
  throw new AppError("conflict", `${what} has a rule already, "${other.name}". Change that one instead.`, {
    fields: [{ path: "scopeId", message: `taken by "${other.name}"` }],
    data: { ruleId: other.id },
  });
}

/** Throws `invalid_input` where a rule would cover nothing that is in the catalogue. */
export async function requireKnown(executor: Executor, rule: Scope): Promise<void> {
  if (rule.scope === "default" || (await nameScopes(executor, [rule]))(rule) !== null) return;
  throw new AppError("invalid_input", `There is no ${rule.scope} ${rule.scopeId} in the catalogue. Choose it from the list.`, {
    fields: [{ path: "scopeId", message: `no such ${rule.scope}` }],
  });
}
