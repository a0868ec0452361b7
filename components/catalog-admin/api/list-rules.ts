"use client";

import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { rulesSchema } from "@/lib/price-rules/schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";
import { PRICES_KEY } from "./catalogue-key";

export const rulesOptions = (partnerId: string) =>
  queryOptions({
    queryKey: [...PRICES_KEY, "rules", partnerId],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/admin/price-rules${queryString({ partnerId })}`, rulesSchema, { signal })).data,
    placeholderData: keepPreviousData,
  });

export const useRules = (partnerId: string) => useQuery(rulesOptions(partnerId));
