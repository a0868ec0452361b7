"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type BrandSwitchInput, brandSwitchedSchema } from "@/lib/availability/schemas";
import { fetchJson } from "../../http/fetch-json";
import { BRANDS_KEY } from "./catalogue-key";

/** Never shown as done before the server said so: orders come back with it. Switching to what already is changes nothing. */
export function useSwitchBrand(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: BrandSwitchInput) =>
      (
        await fetchJson(`/api/admin/catalog/brands/${encodeURIComponent(id)}/switch`, brandSwitchedSchema, {
          method: "PUT",
          body: input,
        })
      ).data,
    // Not waited for: what was done is told before the list that shows it is read.
    onSettled: () => void client.invalidateQueries({ queryKey: BRANDS_KEY }),
  });
}
