"use client";

import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { type Brand, brandsPage } from "@/lib/catalog/schemas";
import { countryName } from "../../format/country";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";
import { type CatalogFilters, toQuery } from "../browse/catalog-filters";
import { narrowPages } from "../browse/narrow-pages";
import { CATALOGUE_KEY, LIST_FRESH_MS, PAGE_SIZE } from "./catalogue-key";

export function brandsOptions(filters: CatalogFilters) {
  return infiniteQueryOptions({
    queryKey: [CATALOGUE_KEY, "brands", filters] as const,
    queryFn: async ({ signal, pageParam }) => {
      const query = queryString({ ...toQuery(filters), limit: PAGE_SIZE, cursor: pageParam });
      return (await fetchJson(`/api/v1/catalog/brands${query}`, brandsPage, { signal })).data;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: LIST_FRESH_MS,
    placeholderData: (earlier, query) => narrowPages(earlier, query?.queryKey[2], filters, textOf),
  });
}

export const useBrands = (filters: CatalogFilters) => useInfiniteQuery(brandsOptions(filters));

function textOf({ name, countryCode, currency }: Brand): string {
  return `${name} ${countryCode ? `${countryName(countryCode)} ${countryCode}` : ""} ${currency}`;
}
