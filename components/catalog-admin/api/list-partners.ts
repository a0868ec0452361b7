"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { partnersSchema } from "@/lib/price-rules/schemas";
import { fetchJson } from "../../http/fetch-json";
import { PRICES_KEY } from "./catalogue-key";

export const partnersOptions = queryOptions({
  queryKey: [...PRICES_KEY, "partners"],
  queryFn: async ({ signal }) => (await fetchJson("/api/admin/partners", partnersSchema, { signal })).data.items,
});

export const usePartners = () => useQuery(partnersOptions);
