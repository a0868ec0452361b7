"use client";

import { useBrands } from "../api/list-brands";
import type { OpenDrawer } from "../use-catalog-url";
import { BrandCard } from "./brand-card";
import type { CatalogFilters } from "./catalog-filters";
import { Results } from "./results";

interface Props {
  filters: CatalogFilters;
  onClear: () => void;
  onOpen: (what: OpenDrawer) => void;
}

export function BrandGrid({ filters, onClear, onOpen }: Props) {
  const query = useBrands(filters);
  return (
    <Results label="Brands" noun="brand" query={query} filters={filters} onClear={onClear}>
      {(brands) => brands.map((brand) => <BrandCard key={brand.id} brand={brand} onOpen={onOpen} />)}
    </Results>
  );
}
