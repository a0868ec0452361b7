import { z } from "zod";
import { isoTime, moneySchema } from "../money.schemas";
import { plainText, searchText } from "../paging.schemas";

export const RULE_SCOPES = ["product", "brand", "category", "default"] as const;
export const RULE_KINDS = ["discount_off_face", "markup_on_cost"] as const;
const MAX_NAME = 60;
const MAX_BASIS_POINTS = 100_000;
const WHOLE_BASIS_POINTS = 10_000;
const MAX_FEE_MINOR = 1_000_000_000_000;

/** A rule as an admin writes it. 300 basis points are 3 %; the fee is in minor units of the partner's currency. */
export const ruleInput = z
  .strictObject({
    partnerId: z.guid(),
    /** Shown to the partner beside the price: it says what for, never how much. */
    name: plainText(MAX_NAME).min(1, "Give the rule a name; partners see it."),
    scope: z.enum(RULE_SCOPES),
    /** The product's, brand's or category's id; null for the default. */
    scopeId: z.string().max(40).nullable(),
    kind: z.enum(RULE_KINDS),
    basisPoints: z.number().int().min(0).max(MAX_BASIS_POINTS),
    fixedFeeMinor: z.number().int().min(0).max(MAX_FEE_MINOR),
    minMarginBasisPoints: z.number().int().min(0).max(MAX_BASIS_POINTS),
  })
  .superRefine((rule, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if ((rule.scope === "default") !== (rule.scopeId === null))
      wrong("scopeId", rule.scope === "default" ? "Leave it out: the default covers all." : `Choose the ${rule.scope}.`);
    if (rule.kind === "discount_off_face" && rule.basisPoints > WHOLE_BASIS_POINTS)
      wrong("basisPoints", "A discount is at most 100 %.");
  });
export type RuleInput = z.infer<typeof ruleInput>;

export const ruleSchema = z.object({
  id: z.string(),
  partnerId: z.string(),
  name: z.string(),
  scope: z.enum(RULE_SCOPES),
  scopeId: z.string().nullable(),
  /** What the rule covers, for a person: a brand's or category's name; null for the default and for what is gone. */
  scopeName: z.string().nullable(),
  kind: z.enum(RULE_KINDS),
  basisPoints: z.number().int(),
  fixedFeeMinor: z.number().int(),
  minMarginBasisPoints: z.number().int(),
  updatedAt: isoTime,
  updatedBy: z.string().nullable(),
});
export type Rule = z.infer<typeof ruleSchema>;

/** GET /api/admin/price-rules?partnerId=: the rules in the order in which they win. POST makes one, PUT and DELETE /{id} change it. */
export const rulesQuery = z.strictObject({ partnerId: z.guid() });
export const rulesSchema = z.object({
  partner: z.object({ id: z.string(), name: z.string(), currency: z.string() }),
  items: z.array(ruleSchema),
});
export type Rules = z.infer<typeof rulesSchema>;

/** GET /api/admin/partners: whose rules there are to edit. */
export const partnersSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      currency: z.string(),
      active: z.boolean(),
      listedOnly: z.boolean(),
      rules: z.number().int(),
      hasDefaultRule: z.boolean(),
    }),
  ),
});
export type PartnerChoice = z.infer<typeof partnersSchema>["items"][number];

/** POST /api/admin/price-rules/preview: what the catalogue would cost the partner with this rule beside the others; writes nothing. */
export const previewInput = z.strictObject({
  /** The rule that it would take the place of; null for a new one. */
  ruleId: z.guid().nullable(),
  rule: ruleInput,
  search: searchText.optional(),
  /** Which products to list. */
  show: z.enum(["covered", "below_margin"]).default("covered"),
});
export type PreviewInput = z.infer<typeof previewInput>;

export const previewRowSchema = z.object({
  productId: z.number().int(),
  name: z.string(),
  brandName: z.string(),
  face: moneySchema,
  /** The supplier's cost of one card, in the partner's currency, rounded. */
  cost: moneySchema.nullable(),
  /** Null: it has no price, or one below its margin. */
  priceNow: moneySchema.nullable(),
  priceThen: moneySchema.nullable(),
  /** Of the price asked, whether or not it may be sold at it; null without a rate. */
  marginBasisPoints: z.number().int().nullable(),
  belowMargin: z.boolean(),
});
export const previewSchema = z.object({
  products: z.number().int(),
  /** How many the rule would price, being the most specific there. */
  covered: z.number().int(),
  cheaper: z.number().int(),
  dearer: z.number().int(),
  belowMarginNow: z.number().int(),
  belowMarginThen: z.number().int(),
  /** A few, worst margin first. */
  items: z.array(previewRowSchema),
});
export type Preview = z.infer<typeof previewSchema>;
