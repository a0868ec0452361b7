"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { inquirySchema } from "@/lib/dispatch/stuck.schemas";
import { fetchJson } from "../../http/fetch-json";
import { purchaseOptions } from "./get-stuck";
import { stuckOptions } from "./list-stuck";

/** Asking twice is harmless: the second is refused for half a minute. Reads the purchase anew whatever came back. */
export function useAskAgain(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      (await fetchJson(`/api/admin/stuck/${encodeURIComponent(id)}/inquiries`, inquirySchema, { method: "POST", body: {} })).data,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: purchaseOptions(id).queryKey });
      void client.invalidateQueries({ queryKey: stuckOptions.queryKey });
    },
  });
}
