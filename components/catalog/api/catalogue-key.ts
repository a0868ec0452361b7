/** The first part of the key of everything read from the catalogue. */
export const CATALOGUE_KEY = "catalogue";

/** What was typed before is shown again without a request for this long; an order is priced anew whatever a list says. */
export const LIST_FRESH_MS = 30_000;
export const PAGE_SIZE = 24;
