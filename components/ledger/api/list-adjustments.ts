"use client";

import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type Adjustment, adjustmentsPage } from "@/lib/wallet/ledger.schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";
import { LEDGER_KEY } from "./ledger-key";

const PAGE_SIZE = 50;
const REFRESH_MS = 10_000;

export interface AdjustmentFilters {
  partnerId: string | null;
  status: Adjustment["status"] | null;
}

export const adjustmentsOptions = (filters: AdjustmentFilters) =>
  infiniteQueryOptions({
    queryKey: [...LEDGER_KEY, "adjustments", filters],
    queryFn: async ({ signal, pageParam }) => {
      const query = queryString({ ...filters, limit: PAGE_SIZE, cursor: pageParam });
      return (await fetchJson(`/api/admin/ledger/adjustments${query}`, adjustmentsPage, { signal })).data;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });

export const useAdjustments = (filters: AdjustmentFilters) => useInfiniteQuery(adjustmentsOptions(filters));
