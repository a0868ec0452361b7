"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { brandDetailSchema } from "@/lib/catalog/schemas";
import { fetchJson } from "../../http/fetch-json";
import { CATALOGUE_KEY } from "./catalogue-key";

export const brandOptions = (id: string) =>
  queryOptions({
    queryKey: [CATALOGUE_KEY, "brand", id],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/v1/catalog/brands/${encodeURIComponent(id)}`, brandDetailSchema, { signal })).data,
  });

/** Asks nothing while `id` is null. */
export const useBrand = (id: string | null) => useQuery({ ...brandOptions(id ?? ""), enabled: id !== null });
