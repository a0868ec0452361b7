import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import type { PriceRule } from "@/lib/pricing";
import { compareRules } from "./compare-rules";
import { loadLiveProducts } from "./load-live-products";
import { loadTerms } from "./load-terms";
import { requireFree } from "./require-free";
import { loadRules } from "./rule-rows";
import type { Preview, PreviewInput } from "./schemas";

/**
 * What the catalogue would cost a partner with this rule, beside what it costs now; by the same functions that price an order. Counts
 * are of all that the partner may see, `search` and `show` choose what is listed. Throws `not_found`, and `conflict` as saving would.
 */
export async function previewRule(ctx: Ctx, { ruleId, rule, search, show }: PreviewInput): Promise<Preview> {
  requireStaffActor(ctx, "metrics.read");
  const { partnerId, ...asked } = rule;
  const [[partner], rules, products] = await Promise.all([
    loadTerms(db(), sql`p.id = ${partnerId}`),
    loadRules(db(), partnerId),
    loadLiveProducts(),
    requireFree(db(), rule, ruleId),
  ]);
  if (!partner) throw notFound("partner");
  if (ruleId !== null && !rules.some(({ id }) => id === ruleId)) throw notFound("price rule");
  const after: PriceRule[] = rules.map((other) => (other.id === ruleId ? asked : other));
  if (ruleId === null) after.push(asked);
  return compareRules(products, partner.terms, { before: rules, after, asked }, { search, show });
}
