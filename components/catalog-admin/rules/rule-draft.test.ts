import { expect, it } from "vitest";
import type { Rule } from "@/lib/price-rules/schemas";
import { draftOf, type RuleDraft, ruleForm } from "./rule-draft";

const PARTNER = "018f4a52-7c11-7abc-8def-0123456789ab";
const draft: RuleDraft = {
  name: "Gaming",
  scope: "category",
  scopeId: "2",
  scopeName: "Gaming",
  kind: "markup_on_cost",
  percent: "1.5",
  fee: "0.50",
  minMargin: "",
};

const problems = (change: Partial<RuleDraft>) => {
  const read = ruleForm(PARTNER, "USD").safeParse({ ...draft, ...change });
  return read.success ? {} : Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), message]));
};

it("sends percentages as basis points and the fee in minor units", () => {
  expect(ruleForm(PARTNER, "USD").parse(draft)).toEqual({
    partnerId: PARTNER,
    name: "Gaming",
    scope: "category",
    scopeId: "2",
    kind: "markup_on_cost",
    basisPoints: 150,
    fixedFeeMinor: 50,
    minMarginBasisPoints: 0,
  });
  expect(ruleForm(PARTNER, "USD").parse({ ...draft, scope: "default" })).toMatchObject({ scope: "default", scopeId: null });
});

it("names the field of the form that is wrong", () => {
  expect(problems({ percent: "lots" })).toEqual({ percent: "Give a percentage such as 3 or 1.25." });
  expect(problems({ kind: "discount_off_face", percent: "101" })).toEqual({ percent: "A discount is at most 100 %." });
  expect(problems({ scopeId: null })).toEqual({ scopeId: "Choose the category." });
  expect(problems({ name: " " })).toEqual({ name: "Give the rule a name; partners see it." });
  expect(Object.keys(problems({ fee: "0.555", minMargin: "x" }))).toEqual(["fee", "minMargin"]);
});

it("opens a rule as it would be typed, and sends it back unchanged", () => {
  const rule: Rule = {
    ...ruleForm(PARTNER, "USD").parse(draft),
    id: PARTNER,
    scopeName: "Gaming",
    updatedAt: "2026-01-01T00:00:00Z",
    updatedBy: null,
  };
  expect(draftOf(rule, "USD", true)).toEqual({ ...draft, fee: "0.5" });
  expect(draftOf(null, "USD", false).scope).toBe("default");
});
