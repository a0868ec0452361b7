"use client";

import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type Transfer, transfersPage } from "@/lib/wallet/ledger.schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";
import { LEDGER_KEY } from "./ledger-key";

const PAGE_SIZE = 50;
const REFRESH_MS = 10_000;

export interface TransferFilters {
  partnerId: string | null;
  kind: Transfer["kind"] | null;
}

export const transfersOptions = (filters: TransferFilters) =>
  infiniteQueryOptions({
    queryKey: [...LEDGER_KEY, "transfers", filters],
    queryFn: async ({ signal, pageParam }) => {
      const query = queryString({ ...filters, limit: PAGE_SIZE, cursor: pageParam });
      return (await fetchJson(`/api/admin/ledger/transfers${query}`, transfersPage, { signal })).data;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // Pages that were opened further down are history: only the first page by itself follows what is new.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : REFRESH_MS),
  });

export const useTransfers = (filters: TransferFilters) => useInfiniteQuery(transfersOptions(filters));
