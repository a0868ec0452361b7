"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Preview, Rule, RuleInput } from "@/lib/price-rules/schemas";
import { countOf } from "../../format/number";
import { describeError } from "../../http/describe-error";
import { previewOptions } from "../api/preview-rule";
import { useSaveRule } from "../api/save-rule";

interface Doubt {
  input: RuleInput;
  /** What would follow, for a person to decide. */
  words: string;
}

/** Saves a rule at once where that takes nothing out of sale; otherwise it asks first, on exactly the rule that is sent. */
export function useSaveChecked(rule: Rule | null, onSaved: (saved: Rule) => void) {
  const client = useQueryClient();
  const mutation = useSaveRule(rule?.id ?? null);
  const [doubt, setDoubt] = useState<Doubt | null>(null);

  const save = (input: RuleInput) => mutation.mutate(input, { onSuccess: onSaved, onError: () => setDoubt(null) });

  const submit = async (input: RuleInput) => {
    const words = await doubtOf(() =>
      client.fetchQuery(previewOptions({ ruleId: rule?.id ?? null, rule: input, show: "covered" })),
    );
    if (words === null) save(input);
    else setDoubt({ input, words });
  };

  return {
    submit,
    doubt,
    confirm: () => (doubt ? save(doubt.input) : undefined),
    leave: () => setDoubt(null),
    busy: mutation.isPending,
    error: mutation.error,
  };
}

/** Null where nothing falls below its margin by it. */
async function doubtOf(read: () => Promise<Preview>): Promise<string | null> {
  try {
    const { belowMarginNow, belowMarginThen } = await read();
    const fallen = belowMarginThen - belowMarginNow;
    if (fallen <= 0) return null;
    return `${countOf(fallen, "more product")} would fall below ${fallen === 1 ? "its" : "their"} margin, and this partner could not order ${fallen === 1 ? "it" : "them"}. The preview lists which.`;
  } catch (error) {
    return `What it would do could not be looked at first, so products may fall below their margin unseen. ${describeError(error).detail}`;
  }
}
