"use client";

import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { type PreviewInput, previewInput, previewSchema } from "@/lib/price-rules/schemas";
import { fetchJson } from "../../http/fetch-json";
import { useDebounced } from "../../ui/use-debounced";
import { PRICES_KEY } from "./catalogue-key";

const REST_MS = 300;

export const previewOptions = (input: PreviewInput | null) =>
  queryOptions({
    queryKey: [...PRICES_KEY, "preview", input],
    queryFn: async ({ signal }) =>
      (await fetchJson("/api/admin/price-rules/preview", previewSchema, { method: "POST", body: input, signal })).data,
    enabled: input !== null,
    placeholderData: keepPreviousData,
  });

/**
 * What the rule would do, once the typing rests. An answer that nobody waits for any more is aborted: its query has no reader left.
 * Null where there is nothing complete to try; the last preview then stays, with `current` false.
 */
export function usePreview(input: PreviewInput | null) {
  const wanted = JSON.stringify(input);
  const rested = useDebounced(wanted, REST_MS);
  const query = useQuery(previewOptions(previewInput.nullable().parse(JSON.parse(rested))));
  return { query, current: wanted === rested && input !== null && query.isSuccess && !query.isPlaceholderData };
}
