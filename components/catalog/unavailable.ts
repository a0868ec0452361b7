import type { UnavailableReason } from "@/lib/catalog/schemas";

/** The short form of why a product cannot be ordered, for where it stands among others. */
export const UNAVAILABLE_LABELS: Record<UnavailableReason, string> = {
  withdrawn: "Withdrawn",
  brand_off: "Switched off",
  not_allowed: "Not open to you",
  inactive: "Paused by supplier",
  out_of_stock: "Out of stock",
  stale_catalogue: "Price out of date",
  stale_rates: "Rate out of date",
  no_price: "No price yet",
  below_cost: "Price under review",
};
