"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { orderSchema } from "@/lib/orders/schemas";
import { isFinal } from "@/lib/orders/states.shared";
import { hasCode } from "../../http/api-error";
import { fetchJson } from "../../http/fetch-json";

export const LIVE_MS = 1_500;

export const orderOptions = (id: string) =>
  queryOptions({
    queryKey: ["order", id],
    queryFn: async ({ signal }) => (await fetchJson(`/api/v1/orders/${encodeURIComponent(id)}`, orderSchema, { signal })).data,
    staleTime: 0,
    refetchInterval: ({ state }) => {
      if (state.data && isFinal(state.data.status)) return false;
      return hasCode(state.error, "not_found") ? false : LIVE_MS;
    },
  });

export const useOrder = (id: string) => useQuery(orderOptions(id));
