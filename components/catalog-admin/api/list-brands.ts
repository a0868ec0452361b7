"use client";

import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { staffBrandsPage } from "@/lib/availability/schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";
import { BRANDS_KEY } from "./catalogue-key";

const PAGE_SIZE = 50;
const REFRESH_MS = 10_000;

export interface BrandFilters {
  search: string;
  /** Only those that are switched off. */
  off: boolean;
}

export const brandsOptions = ({ search, off }: BrandFilters) =>
  infiniteQueryOptions({
    queryKey: [...BRANDS_KEY, { search, off }],
    queryFn: async ({ signal, pageParam }) => {
      const query = queryString({ search, off: off ? true : null, limit: PAGE_SIZE, cursor: pageParam });
      return (await fetchJson(`/api/admin/catalog/brands${query}`, staffBrandsPage, { signal })).data;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : REFRESH_MS),
  });

export const useBrands = (filters: BrandFilters) => useInfiniteQuery(brandsOptions(filters));
