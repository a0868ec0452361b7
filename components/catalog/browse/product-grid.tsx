"use client";

import { useProducts } from "../api/list-products";
import type { OpenDrawer } from "../use-catalog-url";
import type { CatalogFilters } from "./catalog-filters";
import { ProductCard } from "./product-card";
import { Results } from "./results";

interface Props {
  filters: CatalogFilters;
  onClear: () => void;
  onOpen: (what: OpenDrawer) => void;
}

export function ProductGrid({ filters, onClear, onOpen }: Props) {
  const query = useProducts(filters);
  return (
    <Results label="Products" noun="product" query={query} filters={filters} onClear={onClear}>
      {(products) => products.map((product) => <ProductCard key={product.id} product={product} onOpen={onOpen} />)}
    </Results>
  );
}
