"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ruleSchema } from "@/lib/price-rules/schemas";
import { fetchJson } from "../../http/fetch-json";
import { PRICES_KEY } from "./catalogue-key";

/** The answer is the rule as it was. A second time it is not found. */
export function useRemoveRule(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      (await fetchJson(`/api/admin/price-rules/${encodeURIComponent(id)}`, ruleSchema, { method: "DELETE" })).data,
    // Not waited for: what was done is told before the list that shows it is read.
    onSettled: () => void client.invalidateQueries({ queryKey: PRICES_KEY }),
  });
}
