"use client";

import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { type MetricsWindow, metricsSchema } from "@/lib/metrics/schemas";
import { fetchJson } from "../../http/fetch-json";

const REFRESH_MS = 5_000;

export const metricsOptions = (window: MetricsWindow) =>
  queryOptions({
    queryKey: ["metrics", window],
    queryFn: async ({ signal }) => (await fetchJson(`/api/admin/metrics?window=${window}`, metricsSchema, { signal })).data,
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });

export const useMetrics = (window: MetricsWindow) => useQuery(metricsOptions(window));
