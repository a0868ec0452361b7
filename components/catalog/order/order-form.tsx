"use client";

import { type FormEvent, useEffect } from "react";
import type { BrandDetail, Product } from "@/lib/catalog/schemas";
import { useMay } from "../../session/api/get-me";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { BrandHead } from "./brand-head";
import { ChosenProduct } from "./chosen-product";
import { DenominationField } from "./denomination-field";
import { checkDraft, type OrderDraft } from "./order-draft";
import { OrderFields } from "./order-fields";
import { OrderFooter } from "./order-footer";
import { priceChange } from "./price-change";
import { ProductTexts } from "./product-texts";
import { Refusal } from "./refusal";
import { useFirstChoice, useOrderDraft } from "./use-order-draft";
import { useOrderPrice } from "./use-order-price";
import { usePlaceDraft } from "./use-place-draft";

interface Props {
  brand: BrandDetail;
  /** The denomination that the address names, which is one of the brand's; null: the first that fits is chosen. */
  productId: number | null;
  onChoose: (productId: number) => void;
  onShowProducts: () => void;
}

/** A brand and, for those who may, the order of one of its denominations. */
export function OrderForm({ brand, productId, onChoose, onShowProducts }: Props) {
  const firstId = useFirstChoice(brand.products);
  // The address names what is shown: a list that is read anew never puts another product under a form that is filled in.
  useEffect(() => {
    if (productId === null && firstId !== null) onChoose(firstId);
  }, [productId, firstId, onChoose]);
  const product = brand.products.find(({ id }) => id === (productId ?? firstId));
  if (product) return <ProductForm {...{ brand, product, onChoose, onShowProducts }} />;
  return (
    <div className="grid gap-5 overflow-y-auto px-6 pt-6 pb-4">
      <BrandHead brand={brand} />
      <Notice tone="info">The supplier sells no card of this brand at the moment. Look again after the next refresh.</Notice>
      <ProductTexts brand={brand} />
    </div>
  );
}

function ProductForm({ brand, product, onChoose, onShowProducts }: Omit<Props, "productId"> & { product: Product }) {
  const mayPlace = useMay("orders.place");
  const { draft, change, unsettled } = useOrderDraft(product);
  const checked = checkDraft(product, draft);
  const placing = usePlaceDraft(product.id);
  const price = useOrderPrice(product, checked);
  const moved = priceChange(placing.error);
  const orderable = mayPlace && product.unavailable === null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const totalMinor = moved?.now.amountMinor ?? (price.exact ? price.total?.amountMinor : undefined);
    if (totalMinor === undefined || !checked.faceMinor || !checked.quantity) return;
    const { reference, urgent } = draft;
    placing.place({ faceMinor: checked.faceMinor, quantity: checked.quantity, reference, urgent, totalMinor });
  };
  // What was said of an order does not hold for another one; one that may have been taken is still spoken of.
  const edit = (part: Partial<OrderDraft>) => {
    if (moved) placing.forget();
    change(part);
  };
  const choose = (id: number) => {
    placing.forget();
    onChoose(id);
  };

  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="grid min-h-0 flex-1 content-start gap-5 overflow-y-auto px-6 pt-6 pb-4">
        <BrandHead brand={brand} />
        {unsettled && placing.error === null ? <UnsettledNotice /> : null}
        {brand.products.length > 1 ? (
          <DenominationField products={brand.products} chosenId={product.id} disabled={placing.busy} onChoose={choose} />
        ) : null}
        <ChosenProduct product={product} freshness={brand} />
        <Refusal product={product} freshness={brand} mayPlace={mayPlace} />
        {orderable ? <OrderFields product={product} draft={draft} checked={checked} onChange={edit} /> : null}
        <div>
          <ProductTexts brand={brand} />
          <Button look="ghost" size="sm" className="-ms-3" onClick={onShowProducts}>
            All products of {brand.name}
          </Button>
        </div>
      </div>
      {orderable ? <OrderFooter price={price} moved={moved} busy={placing.busy} error={placing.error} /> : null}
    </form>
  );
}

function UnsettledNotice() {
  return (
    <Notice tone="warning">
      An earlier try of this order got no answer. Placing it again with the same values never buys twice; before you change them,
      look for it under Orders.
    </Notice>
  );
}
