"use client";

import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { productsPage } from "@/lib/catalog/schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";

const PAGE_SIZE = 48;

export interface ProductFilters {
  search: string;
  category: number | null;
  country: string | null;
  currency: string | null;
  inStock: boolean;
}

export function productsOptions(filters: ProductFilters) {
  const { inStock, ...rest } = filters;
  return infiniteQueryOptions({
    queryKey: ["catalogue", "products", filters],
    queryFn: async ({ signal, pageParam }) => {
      const query = queryString({ ...rest, inStock: inStock || null, limit: PAGE_SIZE, cursor: pageParam });
      return (await fetchJson(`/api/v1/catalog/products${query}`, productsPage, { signal })).data;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export const useProducts = (filters: ProductFilters) => useInfiniteQuery(productsOptions(filters));
