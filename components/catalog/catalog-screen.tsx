"use client";

import { PageHeader } from "../ui/page-header";
import { useDebounced } from "../ui/use-debounced";
import { FilterBar } from "./filter-bar";
import { ProductGrid } from "./product-grid";
import { ProductSheet } from "./product-sheet";
import { useCatalogFilters } from "./use-catalog-url";

const SEARCH_REST_MS = 150;

export function CatalogScreen() {
  const [filters, setFilters] = useCatalogFilters();
  const search = useDebounced(filters.search.trim(), SEARCH_REST_MS);
  return (
    <>
      <PageHeader title="Catalogue" description="Choose a product to see its price and place an order." />
      <FilterBar filters={filters} onChange={setFilters} />
      <ProductGrid filters={{ ...filters, search }} onClear={() => setFilters(null)} />
      <ProductSheet />
    </>
  );
}
