"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { priceSchema } from "@/lib/catalog/schemas";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";
import { CATALOGUE_KEY } from "./catalogue-key";

/** What an order is made of, as far as its price goes; null where the form does not hold one. */
export interface Priceable {
  productId: number;
  faceMinor: number;
  quantity: number;
}

const priceOptions = ({ productId, faceMinor, quantity }: Priceable) =>
  queryOptions({
    queryKey: [CATALOGUE_KEY, "price", productId, faceMinor, quantity],
    queryFn: async ({ signal }) => {
      const path = `/api/v1/catalog/products/${productId}/price${queryString({ faceMinor, quantity })}`;
      return (await fetchJson(path, priceSchema, { signal })).data;
    },
  });

const NOTHING: Priceable = { productId: 0, faceMinor: 0, quantity: 0 };

/** The price of exactly this, to the cent; asks nothing while it is null. */
export const usePrice = (wanted: Priceable | null) => useQuery({ ...priceOptions(wanted ?? NOTHING), enabled: wanted !== null });
