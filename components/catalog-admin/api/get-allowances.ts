"use client";

import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type AllowancesInput, allowancesSchema } from "@/lib/availability/schemas";
import { fetchJson } from "../../http/fetch-json";
import { PRICES_KEY } from "./catalogue-key";

const pathOf = (partnerId: string) => `/api/admin/partners/${encodeURIComponent(partnerId)}/allowances`;

export const allowancesOptions = (partnerId: string) =>
  queryOptions({
    queryKey: [...PRICES_KEY, "allowances", partnerId],
    queryFn: async ({ signal }) => (await fetchJson(pathOf(partnerId), allowancesSchema, { signal })).data,
  });

export const useAllowances = (partnerId: string) => useQuery(allowancesOptions(partnerId));

/** Puts the whole list in the place of the one before; the same list again changes nothing. */
export function useSetAllowances(partnerId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: AllowancesInput) =>
      (await fetchJson(pathOf(partnerId), allowancesSchema, { method: "PUT", body: input })).data,
    onSuccess: (saved) => client.setQueryData(allowancesOptions(partnerId).queryKey, saved),
    // Not waited for: what was done is told before the list that shows it is read.
    onSettled: () => void client.invalidateQueries({ queryKey: PRICES_KEY }),
  });
}
