"use client";

import { type Reveal, revealSchema } from "@/lib/cards/schemas";
import { fetchJson } from "../../http/fetch-json";

/** Shows a code and records that it was shown. Not a query or mutation: a code must not rest in a cache. */
export async function revealCard(cardId: string): Promise<Reveal> {
  return (await fetchJson(`/api/v1/cards/${encodeURIComponent(cardId)}/reveals`, revealSchema, { method: "POST", body: {} }))
    .data;
}
