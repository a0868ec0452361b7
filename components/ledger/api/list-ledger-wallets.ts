"use client";

import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { ledgerWalletsPage } from "@/lib/wallet/ledger.schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";
import { LEDGER_KEY } from "./ledger-key";

const PAGE_SIZE = 100;
const REFRESH_MS = 10_000;

export const ledgerWalletsOptions = infiniteQueryOptions({
  queryKey: [...LEDGER_KEY, "wallets"],
  queryFn: async ({ signal, pageParam }) => {
    const query = queryString({ limit: PAGE_SIZE, cursor: pageParam });
    return (await fetchJson(`/api/admin/ledger/accounts${query}`, ledgerWalletsPage, { signal })).data;
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: REFRESH_MS,
});

export const useLedgerWallets = () => useInfiniteQuery(ledgerWalletsOptions);
