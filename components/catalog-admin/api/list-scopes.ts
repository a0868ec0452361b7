"use client";

import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { staffBrandsPage } from "@/lib/availability/schemas";
import { type ScopeChoice, scopesSchema } from "@/lib/availability/scope.schemas";
import { countryName } from "../../format/country";
import { fetchJson } from "../../http/fetch-json";
import { queryString } from "../../http/query-string";
import { BRANDS_KEY, CATALOGUE_KEY } from "./catalogue-key";

const SHOWN = 20;

export type ScopeKind = "product" | "brand" | "category";

/** What a price rule or an allowance may be about, by a part of its name; a brand is told from another of its name by its country. */
export const scopesOptions = (kind: ScopeKind, search: string) =>
  queryOptions({
    queryKey: kind === "brand" ? [...BRANDS_KEY, "choice", search] : [...CATALOGUE_KEY, "scopes", kind, search],
    queryFn: ({ signal }) => (kind === "brand" ? brandChoices(search, signal) : otherChoices(kind, search, signal)),
    placeholderData: keepPreviousData,
  });

export const useScopes = (kind: ScopeKind, search: string) => useQuery(scopesOptions(kind, search));

async function brandChoices(search: string, signal: AbortSignal): Promise<ScopeChoice[]> {
  const { data } = await fetchJson(`/api/admin/catalog/brands${queryString({ search, limit: SHOWN })}`, staffBrandsPage, {
    signal,
  });
  return data.items.map(({ id, name, countryCode }) => ({
    scopeId: id,
    name,
    note: countryCode ? countryName(countryCode) : null,
  }));
}

async function otherChoices(scope: Exclude<ScopeKind, "brand">, search: string, signal: AbortSignal): Promise<ScopeChoice[]> {
  const query = queryString({ scope, search, limit: SHOWN });
  return (await fetchJson(`/api/admin/catalog/scopes${query}`, scopesSchema, { signal })).data.items;
}
