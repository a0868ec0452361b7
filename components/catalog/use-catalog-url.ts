"use client";

import { debounce, parseAsBoolean, parseAsInteger, parseAsString, useQueryState, useQueryStates } from "nuqs";

/** The address follows the typing at this pace: browsers refuse to rewrite it for each key. */
const URL_REST_MS = 300;

const filterParsers = {
  search: parseAsString.withDefault("").withOptions({ limitUrlUpdates: debounce(URL_REST_MS) }),
  category: parseAsInteger,
  country: parseAsString,
  currency: parseAsString,
  inStock: parseAsBoolean.withDefault(false),
};

/** Search and filters as the address holds them. */
export const useCatalogFilters = () => useQueryStates(filterParsers);

/** The product whose sheet is open. Opening it is a step in the history, so that Back closes it. */
export const useOpenProduct = () => useQueryState("product", parseAsInteger.withOptions({ history: "push", scroll: false }));
