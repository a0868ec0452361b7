"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { refreshesSchema } from "@/lib/refresh/schemas";
import { fetchJson } from "../../http/fetch-json";

/** Two an hour begin; one takes seconds to minutes. */
const REFRESH_MS = 15_000;

export const refreshesOptions = queryOptions({
  queryKey: ["supplier", "refreshes"],
  queryFn: async ({ signal }) => (await fetchJson("/api/admin/catalog/refreshes", refreshesSchema, { signal })).data,
  refetchInterval: REFRESH_MS,
});

export const useRefreshes = () => useQuery(refreshesOptions);
