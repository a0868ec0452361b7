"use client";

import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type CallOutcome, type SupplierEndpoint, supplierCallsPage } from "@/lib/supplier/schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";

const PAGE_SIZE = 50;
const REFRESH_MS = 5_000;

export interface CallFilters {
  endpoint: SupplierEndpoint | null;
  outcome: CallOutcome | null;
}

export const callsOptions = (filters: CallFilters) =>
  infiniteQueryOptions({
    queryKey: ["supplier", "calls", filters],
    queryFn: async ({ signal, pageParam }) => {
      const query = queryString({ ...filters, limit: PAGE_SIZE, cursor: pageParam });
      return (await fetchJson(`/api/admin/supplier/calls${query}`, supplierCallsPage, { signal })).data;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // Pages that were opened further down are history: only the first page by itself follows what is new.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : REFRESH_MS),
  });

export const useCalls = (filters: CallFilters) => useInfiniteQuery(callsOptions(filters));
