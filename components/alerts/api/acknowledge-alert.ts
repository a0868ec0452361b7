"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { alertSchema } from "@/lib/alerts/schemas";
import { fetchJson } from "../../http/fetch-json";
import { alertsOptions } from "./list-alerts";

/** Doing it twice is harmless: the second changes nothing. Reads the list anew whatever came back. */
export function useAcknowledgeAlert(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      (await fetchJson(`/api/admin/alerts/${encodeURIComponent(id)}/acknowledgement`, alertSchema, { method: "POST", body: {} }))
        .data,
    // Not waited for: the button goes once the list is read, and what came of it must be told before that.
    onSettled: () => void client.invalidateQueries({ queryKey: alertsOptions.queryKey }),
  });
}
