"use client";

import { useState } from "react";
import type { Product } from "@/lib/catalog/schemas";
import { unsettledAttempt } from "../../orders/order-attempts";
import { byFace } from "./denominations";
import type { OrderDraft } from "./order-draft";
import { orderFormName } from "./order-form-name";
import { startDraft } from "./start-draft";

const attemptOf = (productId: number) => unsettledAttempt(window.sessionStorage, orderFormName(productId), Date.now());

/** The id of the product that a brand opens with: one with an earlier try without an answer, else the smallest that can be ordered; null: it has none. */
export function useFirstChoice(products: readonly Product[]): number | null {
  const [firstId] = useState(() => {
    const tried = products.find(({ id }) => attemptOf(id) !== null);
    const first = tried ?? byFace(products).find(({ unavailable }) => unavailable === null) ?? products[0];
    return first?.id ?? null;
  });
  return firstId;
}

/**
 * The draft of a product's order. It starts from an earlier try without an answer, where there is one: sent unchanged it
 * carries the same key, and so cannot buy twice even after a reload. Another product keeps the quantity and the rest as typed.
 */
export function useOrderDraft(product: Product) {
  const [state, setState] = useState(() => startDraft(product, attemptOf(product.id)));
  const current = state.productId === product.id ? state : startDraft(product, attemptOf(product.id), state.draft);
  if (current !== state) setState(current);
  const change = (part: Partial<OrderDraft>) => setState((before) => ({ ...before, draft: { ...before.draft, ...part } }));
  return { draft: current.draft, change, unsettled: current.unsettled };
}
