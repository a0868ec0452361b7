"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { stuckDetailSchema } from "@/lib/dispatch/stuck.schemas";
import { hasCode } from "../../http/api-error";
import { fetchJson } from "../../http/fetch-json";

export const LIVE_MS = 2_500;

export const purchaseOptions = (id: string) =>
  queryOptions({
    queryKey: ["purchase", id],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/admin/stuck/${encodeURIComponent(id)}`, stuckDetailSchema, { signal })).data,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.settledAt || hasCode(state.error, "not_found") ? false : LIVE_MS),
  });

export const usePurchase = (id: string) => useQuery(purchaseOptions(id));
