"use client";

import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { type Product, productsPage } from "@/lib/catalog/schemas";
import { countryName } from "../../format/country";
import { toInputText } from "../../format/money";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";
import { type CatalogFilters, toQuery } from "../browse/catalog-filters";
import { narrowPages } from "../browse/narrow-pages";
import { CATALOGUE_KEY, LIST_FRESH_MS, PAGE_SIZE } from "./catalogue-key";

export function productsOptions(filters: CatalogFilters) {
  return infiniteQueryOptions({
    queryKey: [CATALOGUE_KEY, "products", filters] as const,
    queryFn: async ({ signal, pageParam }) => {
      const query = queryString({ ...toQuery(filters), brand: filters.onlyBrand, limit: PAGE_SIZE, cursor: pageParam });
      return (await fetchJson(`/api/v1/catalog/products${query}`, productsPage, { signal })).data;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: LIST_FRESH_MS,
    placeholderData: (earlier, query) => narrowPages(earlier, query?.queryKey[2], filters, textOf),
  });
}

export const useProducts = (filters: CatalogFilters) => useInfiniteQuery(productsOptions(filters));

function textOf({ kind, name, brand: { name: brandName, countryCode }, faceMin }: Product): string {
  const country = countryCode ? `${countryName(countryCode)} ${countryCode}` : "";
  return `${brandName} ${name} ${country} ${faceMin.currency} ${kind === "fixed" ? toInputText(faceMin) : ""}`;
}
