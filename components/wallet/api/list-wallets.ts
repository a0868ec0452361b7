"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { walletsSchema } from "@/lib/wallet/schemas";
import { fetchJson } from "../../http/fetch-json";
import { useMay, useMe } from "../../session/api/get-me";

const REFRESH_MS = 10_000;

/** Holds end and top-ups arrive without this page: the balance follows while the tab is visible. */
export const walletsOptions = queryOptions({
  queryKey: ["wallets"],
  queryFn: async ({ signal }) => (await fetchJson("/api/v1/wallets", walletsSchema, { signal })).data.items,
  refetchInterval: REFRESH_MS,
});

/** The wallet that orders are paid from: the one in the partner's own currency. */
export function useWallet() {
  const currency = useMe()?.partner?.currency;
  const query = useQuery({ ...walletsOptions, enabled: useMay("wallet.read") });
  return { ...query, wallet: query.data?.find((wallet) => wallet.currency === currency) ?? query.data?.[0] };
}
