import { eq } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { partners } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { loadRules } from "./rule-rows";
import type { Rules, rulesQuery } from "./schemas";

/** A partner's rules, the one that wins first. Throws `not_found`. */
export async function listRules(ctx: Ctx, { partnerId }: z.infer<typeof rulesQuery>): Promise<Rules> {
  requireStaffActor(ctx, "metrics.read");
  const { id, name, currency } = partners;
  const [[partner], items] = await Promise.all([
    db().select({ id, name, currency }).from(partners).where(eq(id, partnerId)),
    loadRules(db(), partnerId),
  ]);
  if (!partner) throw notFound("partner");
  return { partner, items };
}
