import { asc, eq, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { partners, priceRules } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import type { PartnerChoice } from "./schemas";

const MAX_PARTNERS = 1_000;

/** Every partner by name, with how many rules price its cards; without a default rule what no other rule covers has no price. */
export async function listPartners(ctx: Ctx): Promise<{ items: PartnerChoice[] }> {
  requireStaffActor(ctx, "metrics.read");
  const { id, name, currency, active, listedOnly } = partners;
  const items = await db()
    .select({
      id,
      name,
      currency,
      active,
      listedOnly,
      rules: sql<number>`count(${priceRules.id})::int`,
      hasDefaultRule: sql<boolean>`coalesce(bool_or(${priceRules.scope} = 'default'), false)`,
    })
    .from(partners)
    .leftJoin(priceRules, eq(priceRules.partnerId, id))
    .groupBy(id)
    .orderBy(asc(name))
    .limit(MAX_PARTNERS);
  return { items };
}
