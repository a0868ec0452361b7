"use client";

import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ordersPage } from "@/lib/orders/schemas";
import { isFinal, type OrderState } from "@/lib/orders/states.shared";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";

export const ORDERS_KEY = ["orders"] as const;
const PAGE_SIZE = 25;
/** While something can change by itself. */
const LIVE_MS = 3_000;
/** Otherwise: a colleague or a system of the partner may place an order. */
const QUIET_MS = 20_000;

export interface OrderFilters {
  status: OrderState | null;
  search: string;
}

export function ordersOptions(filters: OrderFilters) {
  return infiniteQueryOptions({
    queryKey: [...ORDERS_KEY, filters],
    queryFn: async ({ signal, pageParam }) => {
      const query = queryString({ ...filters, limit: PAGE_SIZE, cursor: pageParam });
      return (await fetchJson(`/api/v1/orders${query}`, ordersPage, { signal })).data;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const moving = state.data?.pages.some((page) => page.items.some((order) => !isFinal(order.status)));
      return moving ? LIVE_MS : QUIET_MS;
    },
  });
}

export const useOrders = (filters: OrderFilters) => useInfiniteQuery(ordersOptions(filters));
