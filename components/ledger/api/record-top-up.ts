"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type RecordTopUpInput, topUpRecordedSchema } from "@/lib/wallet/ledger.schemas";
import { fetchJson } from "../../http/fetch-json";
import { LEDGER_KEY } from "./ledger-key";

/** The bank's reference names the payment, so a repeat books nothing twice. */
export function useRecordTopUp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: RecordTopUpInput) =>
      (await fetchJson("/api/admin/ledger/top-ups", topUpRecordedSchema, { method: "POST", body: input })).data,
    onSettled: () => client.invalidateQueries({ queryKey: LEDGER_KEY }),
  });
}
