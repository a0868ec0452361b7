"use client";

import { useState } from "react";
import type { BrandDetail } from "@/lib/catalog/schemas";
import { hasCode } from "../../http/api-error";
import { Button } from "../../ui/button";
import { ErrorState } from "../../ui/error-state";
import { Sheet } from "../../ui/sheet";
import { cardOf } from "../card-id";
import type { OpenDrawer } from "../use-catalog-url";
import { DrawerSkeleton } from "./drawer-skeleton";
import { OrderForm } from "./order-form";
import { useShelf } from "./use-shelf";

interface Props {
  shown: OpenDrawer;
  onShow: (what: Partial<OpenDrawer> | null, options?: { history: "replace" }) => unknown;
  onShowProducts: (brandId: string) => void;
}

/** The brand or product named in the address, over the catalogue. */
export function CatalogDrawer({ shown, onShow, onShowProducts }: Props) {
  const open = shown.brand !== null || shown.product !== null;
  // What was shown stays while the drawer moves out.
  const [last, setLast] = useState(shown);
  if (open && (last.brand !== shown.brand || last.product !== shown.product)) setLast(shown);
  const close = () => void onShow(null);
  return (
    <Sheet open={open} onClose={close} title="Product" returnFocusTo={() => cardOf(last)}>
      <Content
        shown={open ? shown : last}
        onClose={close}
        // What comes in while the drawer moves out must not open it again.
        onChoose={(product) => void (open && onShow({ product }, { history: "replace" }))}
        onShowProducts={onShowProducts}
      />
    </Sheet>
  );
}

interface ContentProps {
  shown: OpenDrawer;
  onClose: () => void;
  onChoose: (productId: number) => void;
  onShowProducts: (brandId: string) => void;
}

function Content({ shown, onClose, onChoose, onShowProducts }: ContentProps) {
  const { shelf, error, retry, busy } = useShelf(shown);
  if (shelf) return <Form key={shelf.id} {...{ shelf, onChoose, onShowProducts }} productId={shown.product} />;
  if (error === null) return <DrawerSkeleton />;
  if (!hasCode(error, "not_found")) return <ErrorState error={error} onRetry={retry} busy={busy} />;
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-4 px-6 py-20 text-center">
      <p className="font-semibold text-lg">This is not in your catalogue</p>
      <Button onClick={onClose}>Back to the catalogue</Button>
    </div>
  );
}

interface FormProps {
  shelf: BrandDetail;
  productId: number | null;
  onChoose: (productId: number) => void;
  onShowProducts: (brandId: string) => void;
}

function Form({ shelf, productId, onChoose, onShowProducts }: FormProps) {
  return <OrderForm brand={shelf} productId={productId} onChoose={onChoose} onShowProducts={() => onShowProducts(shelf.id)} />;
}
