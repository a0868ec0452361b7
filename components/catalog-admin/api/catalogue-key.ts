/** Everything that staff read of the catalogue. */
export const CATALOGUE_KEY = ["admin", "catalogue"] as const;
export const REFRESHES_KEY = [...CATALOGUE_KEY, "refreshes"] as const;
export const BRANDS_KEY = [...CATALOGUE_KEY, "brands"] as const;
export const RATES_KEY = [...CATALOGUE_KEY, "rates"] as const;
/** Partners, their rules and what they are allowed: one edit may move all three. */
export const PRICES_KEY = [...CATALOGUE_KEY, "prices"] as const;
