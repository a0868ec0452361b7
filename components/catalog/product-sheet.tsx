"use client";

import { hasCode } from "../http/api-error";
import { Button } from "../ui/button";
import { ErrorState } from "../ui/error-state";
import { Sheet } from "../ui/sheet";
import { Skeleton } from "../ui/skeleton";
import { useProduct } from "./api/get-product";
import { OrderForm } from "./order-form";
import { useOpenProduct } from "./use-catalog-url";

/** The product named in the address, over the catalogue. */
export function ProductSheet() {
  const [productId, setProductId] = useOpenProduct();
  return (
    <Sheet open={productId !== null} onClose={() => setProductId(null)} title="Product">
      {productId === null ? null : <Content productId={productId} onClose={() => setProductId(null)} />}
    </Sheet>
  );
}

function Content({ productId, onClose }: { productId: number; onClose: () => void }) {
  const query = useProduct(productId);
  if (query.data) return <OrderForm key={productId} product={query.data} />;
  if (query.isPending) return <Loading />;
  if (hasCode(query.error, "not_found")) {
    return (
      <div className="grid flex-1 place-content-center justify-items-center gap-4 px-6 py-20 text-center">
        <p className="font-semibold text-lg">This product is not in your catalogue</p>
        <Button onClick={onClose}>Back to the catalogue</Button>
      </div>
    );
  }
  return <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />;
}

function Loading() {
  return (
    <div aria-busy="true" className="grid gap-6 p-6">
      <span className="sr-only">Loading the product</span>
      <div className="flex gap-4">
        <Skeleton className="size-14 rounded-xl" />
        <div className="grid flex-1 content-center gap-2">
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-4 w-1/3" />
        </div>
      </div>
      <Skeleton className="h-20 rounded-xl" />
      <Skeleton className="h-16" />
      <Skeleton className="h-16" />
      <Skeleton className="h-28 rounded-xl" />
    </div>
  );
}
