"use client";

import { useState } from "react";
import type { ProductDetail } from "@/lib/catalog/schemas";
import { toInputText } from "../format/money";
import { unsettledAttempt } from "../orders/order-attempts";
import type { OrderDraft } from "./order-draft";
import { orderFormName } from "./order-form-name";

/**
 * The draft of a product's order. It starts from an earlier try without an answer, where there is one: sent unchanged it
 * carries the same key, and so cannot buy twice even after a reload.
 */
export function useOrderDraft(product: ProductDetail) {
  const [unsettled] = useState(() => unsettledAttempt(window.sessionStorage, orderFormName(product.id), Date.now()));
  const [draft, setDraft] = useState<OrderDraft>(() => {
    const line = unsettled?.body.lines[0];
    const { faceMin } = product;
    return {
      face: toInputText(line ? { amountMinor: line.faceMinor, currency: faceMin.currency } : faceMin),
      quantity: String(line?.quantity ?? 1),
      reference: unsettled?.body.reference ?? "",
      urgent: unsettled?.body.lane === "urgent",
    };
  });
  const change = (part: Partial<OrderDraft>) => setDraft((current) => ({ ...current, ...part }));
  return { draft, change, unsettled: unsettled !== null };
}
