import type { UNAVAILABLE_REASONS } from "@/lib/catalog/schemas";

type Reason = (typeof UNAVAILABLE_REASONS)[number];

/** The short form stands on a product, the sentence where someone wanted to order. */
export const UNAVAILABLE: Record<Reason, { label: string; sentence: string }> = {
  out_of_stock: {
    label: "Out of stock",
    sentence: "The supplier has none left. Look again after the next catalogue refresh, or choose another denomination.",
  },
  withdrawn: { label: "Withdrawn", sentence: "The supplier no longer sells this product. Choose another one." },
  no_price: {
    label: "No price yet",
    sentence: "You have no price for this product. Ask your account manager to set one.",
  },
  below_cost: {
    label: "Price under review",
    sentence: "Your price is being corrected. Look again later, or ask your account manager.",
  },
  stale_catalogue: {
    label: "Price out of date",
    sentence: "The catalogue is too old to order from. It opens again by itself after the next refresh.",
  },
};
