import { asc, eq } from "drizzle-orm";
import { db, type Executor } from "@/drizzle/client";
import { partnerAllowances, partners } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import { nameScopes } from "./name-scopes";
import type { Allowances } from "./schemas";

/** What a partner may see and order, for staff. Throws `not_found`. */
export async function readAllowances(ctx: Ctx, partnerId: string): Promise<Allowances> {
  requireStaffActor(ctx, "metrics.read");
  return loadAllowances(db(), partnerId);
}

export async function loadAllowances(executor: Executor, partnerId: string): Promise<Allowances> {
  const [partner] = isUuid(partnerId)
    ? await executor.select({ listedOnly: partners.listedOnly }).from(partners).where(eq(partners.id, partnerId))
    : [];
  if (!partner) throw notFound("partner");
  const { scope, scopeId, id } = partnerAllowances;
  const items = await executor
    .select({ scope, scopeId })
    .from(partnerAllowances)
    .where(eq(partnerAllowances.partnerId, partnerId))
    .orderBy(asc(scope), asc(id));
  const nameOf = await nameScopes(executor, items);
  return { partnerId, listedOnly: partner.listedOnly, items: items.map((item) => ({ ...item, name: nameOf(item) })) };
}
