"use client";

import { debounce, parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { CHANGE_KINDS } from "@/lib/refresh/schemas";

const CATALOGUE_VIEWS = ["refresh", "changes", "brands", "rates", "rules"] as const;
export type CatalogueView = (typeof CATALOGUE_VIEWS)[number];

/** The address follows the typing at this pace: browsers refuse to rewrite it for each key. */
const URL_REST_MS = 300;

const parsers = {
  view: parseAsStringLiteral(CATALOGUE_VIEWS).withDefault("refresh"),
  kind: parseAsStringLiteral(CHANGE_KINDS),
  product: parseAsInteger,
  refresh: parseAsString,
  search: parseAsString.withDefault("").withOptions({ limitUrlUpdates: debounce(URL_REST_MS) }),
  off: parseAsBoolean.withDefault(false),
  partner: parseAsString,
};

/** What is shown and how it is filtered, as the address holds it. */
export const useCatalogueUrl = () => useQueryStates(parsers);
