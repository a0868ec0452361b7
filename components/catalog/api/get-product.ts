"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { productDetailSchema } from "@/lib/catalog/schemas";
import { fetchJson } from "../../http/fetch-json";

export const productOptions = (id: number) =>
  queryOptions({
    queryKey: ["catalogue", "product", id],
    queryFn: async ({ signal }) => (await fetchJson(`/api/v1/catalog/products/${id}`, productDetailSchema, { signal })).data,
  });

export const useProduct = (id: number) => useQuery(productOptions(id));
