import type { Product } from "@/lib/catalog/schemas";
import { toInputText } from "../../format/money";
import type { Attempt } from "../../orders/order-attempts";
import type { OrderDraft } from "./order-draft";

export interface StartedDraft {
  productId: number;
  draft: OrderDraft;
  /** It repeats an earlier try that got no answer. */
  unsettled: boolean;
}

/** The draft that a product's form begins with: an earlier try exactly as it was sent, else `before` with a face value of this product. */
export function startDraft(product: Pick<Product, "id" | "faceMin">, attempt: Attempt | null, before?: OrderDraft): StartedDraft {
  const { id: productId, faceMin } = product;
  const line = attempt?.body.lines[0];
  if (!attempt || !line) {
    const { quantity, reference, urgent } = before ?? { quantity: "1", reference: "", urgent: false };
    return { productId, draft: { face: toInputText(faceMin), quantity, reference, urgent }, unsettled: false };
  }
  const draft = {
    face: toInputText({ amountMinor: line.faceMinor, currency: faceMin.currency }),
    quantity: String(line.quantity),
    reference: attempt.body.reference ?? "",
    urgent: attempt.body.lane === "urgent",
  };
  return { productId, draft, unsettled: true };
}
