"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ledgerWalletSchema, type SetCreditLimitInput } from "@/lib/wallet/ledger.schemas";
import { fetchJson } from "../../http/fetch-json";
import { LEDGER_KEY } from "./ledger-key";

/** Setting the same limit again changes nothing. */
export function useSetCreditLimit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: SetCreditLimitInput) =>
      (await fetchJson("/api/admin/ledger/credit-limits", ledgerWalletSchema, { method: "PUT", body: input })).data,
    onSettled: () => client.invalidateQueries({ queryKey: LEDGER_KEY }),
  });
}
