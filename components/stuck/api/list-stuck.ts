"use client";

import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { stuckPage } from "@/lib/dispatch/stuck.schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";

const PAGE_SIZE = 50;
/** Only while the page is in sight. */
const REFRESH_MS = 5_000;

export const stuckOptions = infiniteQueryOptions({
  queryKey: ["stuck"],
  queryFn: async ({ signal, pageParam }) => {
    const query = queryString({ limit: PAGE_SIZE, cursor: pageParam });
    return (await fetchJson(`/api/admin/stuck${query}`, stuckPage, { signal })).data;
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: REFRESH_MS,
});

export const useStuck = () => useInfiniteQuery(stuckOptions);
