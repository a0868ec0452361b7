"use client";

import type { PriceView, Product } from "@/lib/catalog/schemas";
import type { MoneyView } from "@/lib/money.schemas";
import { usePrice } from "../api/get-price";
import type { CheckedDraft } from "./order-draft";
import { estimatePrice } from "./price-estimate";

export interface OrderPrice {
  /** To be shown: near the price at once, the price itself as soon as it is known. */
  unit: MoneyView | null;
  total: MoneyView | null;
  /** `total` is what the order would cost now, to the cent. */
  exact: boolean;
  /** Until the exact price comes, `total` may be off by the rounding of a card. */
  about: boolean;
  explanation: PriceView["explanation"];
  /** One sentence where exactly this cannot be ordered. */
  problem: string | null;
  error: unknown;
  retry: () => void;
}

/** What the draft costs: the API's exact price, and until that is here what follows from the prices already known. */
export function useOrderPrice(product: Product, { faceMinor, quantity }: CheckedDraft): OrderPrice {
  const wanted = faceMinor && quantity ? { productId: product.id, faceMinor, quantity } : null;
  const query = usePrice(product.unavailable === null ? wanted : null);
  const price = wanted ? query.data : undefined;
  const near = wanted ? estimatePrice(product, wanted.faceMinor, wanted.quantity) : null;
  const exact = price?.total != null && price.unavailable === null && price.problem === null;
  return {
    unit: price?.unitPrice ?? near?.unit ?? null,
    total: price?.total ?? near?.total ?? null,
    exact,
    about: !price && near !== null && !near.exact,
    explanation: price?.explanation ?? null,
    problem: price?.problem ?? null,
    error: wanted && !query.data ? query.error : null,
    retry: () => void query.refetch(),
  };
}
