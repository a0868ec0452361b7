import { chooseRule, type PriceRule, type RuleSubject } from "./choose-rule";

/**
 * `chooseRule` for thousands of products: only the few rules that can cover a product are offered to it. `rules` come older first, as
 * there.
 */
export function ruleChooser<T extends PriceRule>(rules: readonly T[]): (subject: RuleSubject) => T | undefined {
  const narrow = new Map<string, T[]>();
  const wide: T[] = [];
  for (const rule of rules) {
    if (rule.scope === "default" || rule.scope === "category") wide.push(rule);
    else {
      const key = `${rule.scope}:${rule.scopeId}`;
      narrow.set(key, [...(narrow.get(key) ?? []), rule]);
    }
  }
  return (subject) => {
    const own = [...(narrow.get(`product:${subject.productId}`) ?? []), ...(narrow.get(`brand:${subject.brandId}`) ?? [])];
    return chooseRule([...own, ...wide], subject);
  };
}
