"use client";

import { type FormEvent, useState } from "react";
import type { ProductDetail } from "@/lib/catalog/schemas";
import { useMay } from "../session/api/get-me";
import { Notice } from "../ui/notice";
import { FaceField } from "./face-field";
import { checkDraft, maxQuantity } from "./order-draft";
import { OrderFooter } from "./order-footer";
import { estimatePrice } from "./price-estimate";
import { ProductHead } from "./product-head";
import { ProductTexts } from "./product-texts";
import { QuantityField } from "./quantity-field";
import { ReferenceField } from "./reference-field";
import { UNAVAILABLE } from "./unavailable";
import { UrgentField } from "./urgent-field";
import { useOrderDraft } from "./use-order-draft";
import { usePlaceDraft } from "./use-place-draft";

/** The product and, for those who may, the order of it. */
export function OrderForm({ product }: { product: ProductDetail }) {
  const mayPlace = useMay("orders.place");
  const { draft, change, unsettled } = useOrderDraft(product);
  const [checkedOnce, setCheckedOnce] = useState(false);
  const checked = checkDraft(product, draft);
  const estimate = checked.faceMinor && checked.quantity ? estimatePrice(product, checked.faceMinor, checked.quantity) : null;
  const placing = usePlaceDraft(product);
  const orderable = mayPlace && product.unavailable === null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setCheckedOnce(true);
    if (estimate && checked.faceMinor && checked.quantity) {
      const { reference, urgent } = draft;
      placing.place({ faceMinor: checked.faceMinor, quantity: checked.quantity, reference, urgent, estimate });
    }
  };

  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-6 pb-4">
        <ProductHead product={product} />
        {orderable ? (
          <div className="mt-6 mb-6 grid gap-5">
            {unsettled && placing.error === null ? <UnsettledNotice /> : null}
            <FaceField product={product} value={draft.face} onChange={(face) => change({ face })} problem={checked.faceProblem} />
            <QuantityField
              max={maxQuantity(product)}
              value={draft.quantity}
              onChange={(quantity) => change({ quantity })}
              problem={checkedOnce || draft.quantity !== "" ? checked.quantityProblem : undefined}
            />
            <ReferenceField value={draft.reference} onChange={(reference) => change({ reference })} />
            <UrgentField urgent={draft.urgent} onChange={(urgent) => change({ urgent })} />
          </div>
        ) : (
          <div className="my-5">
            <Refusal product={product} mayPlace={mayPlace} />
          </div>
        )}
        <ProductTexts product={product} />
      </div>
      {orderable ? <OrderFooter estimate={estimate} busy={placing.busy} error={placing.error} /> : null}
    </form>
  );
}

function Refusal({ product, mayPlace }: { product: ProductDetail; mayPlace: boolean }) {
  if (product.unavailable !== null) {
    const { label, sentence } = UNAVAILABLE[product.unavailable];
    return (
      <Notice tone="warning">
        <strong className="font-semibold">{label}.</strong> {sentence}
      </Notice>
    );
  }
  if (mayPlace) return null;
  return <Notice tone="info">Your role may look but not order. Ask an owner of your team for the role of buyer.</Notice>;
}

function UnsettledNotice() {
  return (
    <Notice tone="warning">
      An earlier try of this order got no answer. Placing it again with the same values never buys twice; before you change them,
      look for it under Orders.
    </Notice>
  );
}
