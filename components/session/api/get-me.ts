"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { meSchema, type Permission } from "@/lib/partners/schemas";
import { fetchJson } from "../../http/fetch-json";

const FRESH_MS = 60_000;

export const meOptions = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }) => (await fetchJson("/api/v1/me", meSchema, { signal })).data,
  staleTime: FRESH_MS,
});

/** Undefined only outside `ViewerProvider`, which starts it with what the server knew. */
export const useMe = () => useQuery(meOptions).data;

/** What the screens offer; the server checks every right again. */
export const useMay = (permission: Permission): boolean => useMe()?.permissions.includes(permission) ?? false;
