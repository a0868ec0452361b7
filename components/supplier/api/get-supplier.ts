"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { supplierSchema } from "@/lib/supplier/schemas";
import { fetchJson } from "../../http/fetch-json";

/** Only while the page is in sight. */
export const LIVE_MS = 2_500;

export const supplierOptions = queryOptions({
  queryKey: ["supplier"],
  queryFn: async ({ signal }) => (await fetchJson("/api/admin/supplier", supplierSchema, { signal })).data,
  refetchInterval: LIVE_MS,
});

export const useSupplier = () => useQuery(supplierOptions);
