"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type RuleInput, ruleSchema } from "@/lib/price-rules/schemas";
import { fetchJson } from "../../http/fetch-json";
import { PRICES_KEY } from "./catalogue-key";

/** Makes a rule, or puts `input` in the place of the rule `id`. A scope has one rule, so a repeat is refused, never doubled. */
export function useSaveRule(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: RuleInput) => {
      const path = id === null ? "/api/admin/price-rules" : `/api/admin/price-rules/${encodeURIComponent(id)}`;
      return (await fetchJson(path, ruleSchema, { method: id === null ? "POST" : "PUT", body: input })).data;
    },
    // Not waited for: what was done is told before the list that shows it is read.
    onSettled: () => void client.invalidateQueries({ queryKey: PRICES_KEY }),
  });
}
