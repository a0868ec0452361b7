"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { adjustmentSchema, type RequestAdjustmentInput } from "@/lib/wallet/ledger.schemas";
import { isOutcomeUnknown } from "../../http/api-error";
import { fetchJson } from "../../http/fetch-json";
import { adjustmentKey, settleAdjustment } from "../adjustment-attempt";
import { LEDGER_KEY } from "./ledger-key";

async function requestAdjustment(input: RequestAdjustmentInput) {
  const store = window.sessionStorage;
  const key = adjustmentKey(store, input, () => window.crypto.randomUUID());
  try {
    const { data, headers } = await fetchJson("/api/admin/ledger/adjustments", adjustmentSchema, {
      method: "POST",
      body: input,
      headers: { "idempotency-key": key },
    });
    settleAdjustment(store);
    return { adjustment: data, replayed: headers.get("idempotent-replayed") === "true" };
  } catch (error) {
    if (!isOutcomeUnknown(error)) settleAdjustment(store);
    throw error;
  }
}

export function useRequestAdjustment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: requestAdjustment,
    onSettled: () => client.invalidateQueries({ queryKey: LEDGER_KEY }),
  });
}
