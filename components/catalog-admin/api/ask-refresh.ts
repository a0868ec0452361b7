"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { refreshAskedSchema } from "@/lib/refresh/schemas";
import { ApiError } from "../../http/api-error";
import { fetchJson } from "../../http/fetch-json";
import { REFRESHES_KEY } from "./catalogue-key";

const conflictData = z.object({ nextAllowedAt: z.iso.datetime().nullable() });

/** Asks for a read of the whole catalogue. Reads the standing anew whatever came back: another admin may have been faster. */
export function useAskRefresh() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      (await fetchJson("/api/admin/catalog/refreshes", refreshAskedSchema, { method: "POST", body: {} })).data,
    // Not waited for: what was done is told before the list that shows it is read.
    onSettled: () => void client.invalidateQueries({ queryKey: REFRESHES_KEY }),
  });
}

/** When the next one may begin, as the refusal told it; null where it was refused for another reason. */
export function nextAllowedOf(error: unknown): string | null {
  if (!(error instanceof ApiError) || error.problem.code !== "conflict") return null;
  const told = conflictData.safeParse(error.problem.data);
  return told.success ? told.data.nextAllowedAt : null;
}
