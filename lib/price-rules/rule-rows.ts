import { asc, eq, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { priceRules, users } from "@/drizzle/schema";
import { nameScopes } from "@/lib/availability";
import { MAX_RULES } from "@/lib/pricing";
import { RULE_SCOPES, type Rule } from "./schemas";

/** A partner's rules in the order in which they win: the most specific first, and of two categories the older. */
export async function loadRules(executor: Executor, partnerId: string): Promise<Rule[]> {
  const found = await select(executor)
    .where(eq(priceRules.partnerId, partnerId))
    .orderBy(
      sql`array_position(${sql.param([...RULE_SCOPES])}::text[], ${priceRules.scope})`,
      asc(priceRules.createdAt),
      asc(priceRules.id),
    )
    .limit(MAX_RULES);
  return named(executor, found);
}

export async function loadRule(executor: Executor, id: string): Promise<Rule | undefined> {
  const found = await select(executor).where(eq(priceRules.id, id));
  return (await named(executor, found))[0];
}

function select(executor: Executor) {
  return executor
    .select({ row: priceRules, updatedBy: users.name })
    .from(priceRules)
    .leftJoin(users, eq(users.id, priceRules.updatedBy))
    .$dynamic();
}

type Found = Awaited<ReturnType<typeof select>>[number];

async function named(executor: Executor, found: readonly Found[]): Promise<Rule[]> {
  const nameOf = await nameScopes(
    executor,
    found.map(({ row }) => row),
  );
  return found.map(({ row, updatedBy }) => ({
    ...row,
    scopeName: nameOf(row),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy,
  }));
}
