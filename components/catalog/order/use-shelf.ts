"use client";

import { useState } from "react";
import type { BrandDetail, Product } from "@/lib/catalog/schemas";
import { useBrand } from "../api/get-brand";
import { useProduct } from "../api/get-product";
import type { OpenDrawer } from "../use-catalog-url";
import { shelfOf } from "./shelf-of";

interface Shelf {
  shelf: BrandDetail | null;
  /** Null while something is on its way. */
  error: unknown;
  busy: boolean;
  retry: () => void;
}

/**
 * The brand with its denominations for what the drawer shows. A product that the brand does not list (withdrawn, or of a brand that is closed
 * to this partner) is read by itself and stands among them or alone; one that cannot be read is an error, never another product.
 */
export function useShelf({ brand: brandId, product: productId }: OpenDrawer): Shelf {
  const named = useBrand(brandId);
  const listed = named.data?.products.find(({ id }) => id === productId);
  // What leaves the list while someone fills in its order stays until it is known what became of it.
  const [before, setBefore] = useState<Product>();
  if (listed && listed !== before) setBefore(listed);
  const single = useProduct(listed || (brandId !== null && named.isLoading) ? null : productId);
  const brand = useBrand(single.data?.brand.id ?? brandId);
  const kept = single.isLoading ? before : undefined;
  const waiting = brand.isLoading || single.isLoading;
  const shelf = waiting && !kept ? null : shelfOf({ brand: brand.data, productId, single: single.data, before: kept });
  return {
    shelf,
    error: waiting || shelf ? null : (single.error ?? brand.error),
    busy: brand.isFetching || single.isFetching,
    retry: () => void (single.isError ? single.refetch() : brand.refetch()),
  };
}
