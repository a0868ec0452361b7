"use client";

import {
  debounce,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryState,
  useQueryStates,
} from "nuqs";

/** The address follows the typing at this pace: browsers refuse to rewrite it for each key. What is shown does not wait for it. */
const URL_REST_MS = 300;

const rested = { limitUrlUpdates: debounce(URL_REST_MS) };
const amountMinor = parseAsInteger.withOptions(rested);

const filterParsers = {
  search: parseAsString.withDefault("").withOptions(rested),
  category: parseAsInteger,
  country: parseAsString,
  currency: parseAsString,
  inStock: parseAsBoolean.withDefault(false),
  priceFromMinor: amountMinor,
  priceToMinor: amountMinor,
  faceFromMinor: amountMinor,
  faceToMinor: amountMinor,
  onlyBrand: parseAsString,
};

/** Search and filters as the address holds them. */
export const useCatalogFilters = () => useQueryStates(filterParsers);

const VIEWS = ["brands", "products"] as const;
export type CatalogView = (typeof VIEWS)[number];

export const useCatalogView = () => useQueryState("view", parseAsStringLiteral(VIEWS).withDefault("brands"));

const drawerParsers = { brand: parseAsString, product: parseAsInteger };

/** What the drawer shows: a brand, a product, or a brand with one of its products chosen. */
export interface OpenDrawer {
  brand: string | null;
  product: number | null;
}

/** Opening the drawer is a step in the history, so that Back closes it. */
export const useOpenDrawer = () => useQueryStates(drawerParsers, { history: "push", scroll: false });
