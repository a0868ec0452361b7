"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { productDetailSchema } from "@/lib/catalog/schemas";
import { fetchJson } from "../../http/fetch-json";
import { CATALOGUE_KEY } from "./catalogue-key";

const productOptions = (id: number) =>
  queryOptions({
    queryKey: [CATALOGUE_KEY, "product", id],
    queryFn: async ({ signal }) => (await fetchJson(`/api/v1/catalog/products/${id}`, productDetailSchema, { signal })).data,
  });

/** Asks nothing while `id` is null. */
export const useProduct = (id: number | null) => useQuery({ ...productOptions(id ?? 0), enabled: id !== null });
