"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { refreshesSchema } from "@/lib/refresh/schemas";
import { fetchJson } from "../../http/fetch-json";
import { REFRESHES_KEY } from "./catalogue-key";

/** While pages come in, and while nothing can change but by a click or the clock. Only while the page is in sight. */
const RUNNING_MS = 1_000;
const RESTING_MS = 10_000;

/** `hurry`: a read is about to begin. */
export const refreshesOptions = (hurry: boolean) =>
  queryOptions({
    queryKey: REFRESHES_KEY,
    queryFn: async ({ signal }) => (await fetchJson("/api/admin/catalog/refreshes", refreshesSchema, { signal })).data,
    refetchInterval: ({ state }) => (hurry || state.data?.running ? RUNNING_MS : RESTING_MS),
  });

export const useRefreshes = (hurry: boolean) => useQuery(refreshesOptions(hurry));
