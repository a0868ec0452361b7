import { z } from "zod";
import { RULE_KINDS, RULE_SCOPES, type Rule, type RuleInput, ruleInput } from "@/lib/price-rules/schemas";
import { parseAmount, toInputText } from "../../format/money";
import { parsePercent, percentText } from "./percent";

/** A rule as it is typed: percentages and amounts are text until they are sent. */
const draftFields = z.object({
  name: z.string(),
  scope: z.enum(RULE_SCOPES),
  scopeId: z.string().nullable(),
  /** For the form alone: what was chosen, by name. */
  scopeName: z.string().nullable(),
  kind: z.enum(RULE_KINDS),
  percent: z.string(),
  fee: z.string(),
  minMargin: z.string(),
});
export type RuleDraft = z.infer<typeof draftFields>;

/** Where the form shows what is wrong with a field of the API. */
const FIELD_OF: Record<string, keyof RuleDraft> = {
  basisPoints: "percent",
  fixedFeeMinor: "fee",
  minMarginBasisPoints: "minMargin",
  scopeId: "scopeId",
};

/** Turns what was typed into the rule that the API takes; problems name the field of the form. */
export function ruleForm(partnerId: string, currency: string) {
  return draftFields.transform((draft, context): RuleInput => {
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const basisPoints = parsePercent(draft.percent);
    const fixedFeeMinor = parseAmount(draft.fee || "0", currency);
    const minMarginBasisPoints = parsePercent(draft.minMargin || "0");
    if (basisPoints === null) wrong("percent", "Give a percentage such as 3 or 1.25.");
    if (fixedFeeMinor === null) wrong("fee", "Give an amount such as 0.50, or leave it empty.");
    if (minMarginBasisPoints === null) wrong("minMargin", "Give a percentage such as 2, or leave it empty.");
    const { name, scope, scopeId, kind } = draft;
    const rule = ruleInput.safeParse({
      partnerId,
      name,
      scope,
      scopeId: scope === "default" ? null : scopeId,
      kind,
      basisPoints: basisPoints ?? 0,
      fixedFeeMinor: fixedFeeMinor ?? 0,
      minMarginBasisPoints: minMarginBasisPoints ?? 0,
    });
    const chosen = scope === "default" || scopeId !== null;
    if (!chosen) wrong("scopeId", `Choose the ${scope}.`);
    if (!rule.success)
      for (const { path, message } of rule.error.issues) {
        const field = String(path[0] ?? "name");
        if (chosen || field !== "scopeId") wrong(FIELD_OF[field] ?? field, message);
      }
    return rule.success && chosen && basisPoints !== null && fixedFeeMinor !== null && minMarginBasisPoints !== null
      ? rule.data
      : z.NEVER;
  });
}

/** The form as it opens: the rule to edit, or a new one, which is the default where there is none yet. */
export function draftOf(rule: Rule | null, currency: string, hasDefaultRule: boolean): RuleDraft {
  if (rule === null) {
    const scope = hasDefaultRule ? "category" : "default";
    const nothing = { scopeId: null, scopeName: null, percent: "", fee: "", minMargin: "" };
    return { ...nothing, name: "", scope, kind: "markup_on_cost" };
  }
  const { name, scope, scopeId, scopeName, kind, basisPoints, fixedFeeMinor, minMarginBasisPoints } = rule;
  return {
    name,
    scope,
    scopeId,
    scopeName,
    kind,
    percent: percentText(basisPoints),
    fee: fixedFeeMinor === 0 ? "" : toInputText({ amountMinor: fixedFeeMinor, currency }),
    minMargin: minMarginBasisPoints === 0 ? "" : percentText(minMarginBasisPoints),
  };
}
