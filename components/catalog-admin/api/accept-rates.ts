"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { rateSnapshotSchema } from "@/lib/refresh/schemas";
import { fetchJson } from "../../http/fetch-json";
import { RATES_KEY } from "./catalogue-key";

/** Puts a refused list in use. A second time changes nothing; one that was overtaken meanwhile is refused. */
export function useAcceptRates(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      (
        await fetchJson(`/api/admin/catalog/rates/${encodeURIComponent(id)}/acceptance`, rateSnapshotSchema, {
          method: "POST",
          body: {},
        })
      ).data,
    // Not waited for: what was done is told before the list that shows it is read.
    onSettled: () => void client.invalidateQueries({ queryKey: RATES_KEY }),
  });
}
