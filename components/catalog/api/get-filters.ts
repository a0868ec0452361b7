"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { filtersSchema } from "@/lib/catalog/schemas";
import { fetchJson } from "../../http/fetch-json";
import { CATALOGUE_KEY } from "./catalogue-key";

const FRESH_MS = 300_000;

export const filtersOptions = queryOptions({
  queryKey: [CATALOGUE_KEY, "filters"],
  queryFn: async ({ signal }) => (await fetchJson("/api/v1/catalog/filters", filtersSchema, { signal })).data,
  staleTime: FRESH_MS,
});

export const useFilterValues = () => useQuery(filtersOptions);
