"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { ratesSchema } from "@/lib/refresh/schemas";
import { fetchJson } from "../../http/fetch-json";
import { RATES_KEY } from "./catalogue-key";

/** The supplier is asked every fifteen minutes; an admin's decision shows sooner. */
const REFRESH_MS = 15_000;

export const ratesOptions = queryOptions({
  queryKey: RATES_KEY,
  queryFn: async ({ signal }) => (await fetchJson("/api/admin/catalog/rates", ratesSchema, { signal })).data,
  refetchInterval: REFRESH_MS,
});

export const useRates = () => useQuery(ratesOptions);
