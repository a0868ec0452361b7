"use client";

import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { alertsPage } from "@/lib/alerts/schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";

const PAGE_SIZE = 50;
/** Only while the page is in sight. */
const REFRESH_MS = 5_000;

export const alertsOptions = infiniteQueryOptions({
  queryKey: ["alerts"],
  queryFn: async ({ signal, pageParam }) => {
    const query = queryString({ limit: PAGE_SIZE, cursor: pageParam });
    return (await fetchJson(`/api/admin/alerts${query}`, alertsPage, { signal })).data;
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: REFRESH_MS,
});

export const useAlerts = () => useInfiniteQuery(alertsOptions);
