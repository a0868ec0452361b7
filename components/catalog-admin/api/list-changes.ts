"use client";

import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type Change, changesPage } from "@/lib/refresh/schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";
import { CATALOGUE_KEY } from "./catalogue-key";

const PAGE_SIZE = 50;
const REFRESH_MS = 10_000;

export interface ChangeFilters {
  kind: Change["kind"] | null;
  product: number | null;
  refresh: string | null;
}

export const changesOptions = (filters: ChangeFilters) =>
  infiniteQueryOptions({
    queryKey: [...CATALOGUE_KEY, "changes", filters],
    queryFn: async ({ signal, pageParam }) => {
      const query = queryString({ ...filters, limit: PAGE_SIZE, cursor: pageParam });
      return (await fetchJson(`/api/admin/catalog/changes${query}`, changesPage, { signal })).data;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // Pages that were opened further down are history: only the first page by itself follows what is new.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : REFRESH_MS),
  });

export const useChanges = (filters: ChangeFilters) => useInfiniteQuery(changesOptions(filters));
