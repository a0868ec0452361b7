"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { adjustmentSchema } from "@/lib/wallet/ledger.schemas";
import { fetchJson } from "../../http/fetch-json";
import { LEDGER_KEY } from "./ledger-key";

export type Decision = "approval" | "decline";

/** Of two who decide at once one wins; the other is told what was decided. Reads the ledger anew whatever came back. */
export function useDecideAdjustment(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (decision: Decision) =>
      (
        await fetchJson(`/api/admin/ledger/adjustments/${encodeURIComponent(id)}/${decision}`, adjustmentSchema, {
          method: "POST",
          body: {},
        })
      ).data,
    // Not waited for: the row goes once its list is read, and what was decided must be told before that.
    onSettled: () => void client.invalidateQueries({ queryKey: LEDGER_KEY }),
  });
}
