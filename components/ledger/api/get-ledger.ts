"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { ledgerSchema } from "@/lib/wallet/ledger.schemas";
import { fetchJson } from "../../http/fetch-json";
import { LEDGER_KEY } from "./ledger-key";

/** Only while the page is in sight. */
const REFRESH_MS = 10_000;

export const ledgerOptions = queryOptions({
  queryKey: [...LEDGER_KEY, "books"],
  queryFn: async ({ signal }) => (await fetchJson("/api/admin/ledger", ledgerSchema, { signal })).data,
  refetchInterval: REFRESH_MS,
});

export const useLedger = () => useQuery(ledgerOptions);
