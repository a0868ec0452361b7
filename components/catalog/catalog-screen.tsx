"use client";

import { useCallback, useRef } from "react";
import { PageHeader } from "../ui/page-header";
import { Segmented } from "../ui/segmented";
import { ActiveFilters } from "./browse/active-filters";
import { BrandGrid } from "./browse/brand-grid";
import { FilterBar } from "./browse/filter-bar";
import { ProductGrid } from "./browse/product-grid";
import { useCardKeys } from "./browse/use-card-keys";
import { CatalogDrawer } from "./order/catalog-drawer";
import { type CatalogView, type OpenDrawer, useCatalogFilters, useCatalogView, useOpenDrawer } from "./use-catalog-url";

const VIEWS = [
  { value: "brands", label: "Brands" },
  { value: "products", label: "Products" },
] as const;

export function CatalogScreen() {
  const [view, setView] = useCatalogView();
  const [filters, setFilters] = useCatalogFilters();
  const [drawer, setDrawer] = useOpenDrawer();
  const area = useRef<HTMLDivElement>(null);
  useCardKeys(area);
  const open = useCallback((what: OpenDrawer) => void setDrawer(what), [setDrawer]);
  const change = (part: Partial<typeof filters> | null) => void setFilters(part);
  const Grid = view === "brands" ? BrandGrid : ProductGrid;

  const changeView = (next: CatalogView) => {
    void setView(next);
    if (next === "brands") change({ onlyBrand: null });
  };
  const showProductsOf = (brandId: string) => {
    void setDrawer(null);
    change({ search: "", onlyBrand: brandId });
    void setView("products");
  };

  return (
    <div ref={area}>
      <PageHeader
        title="Catalogue"
        description="Choose a card to see its price and place an order."
        actions={<Segmented label="View" value={view} options={VIEWS} onChange={changeView} />}
      />
      <FilterBar filters={filters} onChange={change} />
      <ActiveFilters filters={filters} onChange={change} />
      <Grid filters={{ ...filters, search: filters.search.trim() }} onClear={() => change(null)} onOpen={open} />
      <CatalogDrawer shown={drawer} onShow={setDrawer} onShowProducts={showProductsOf} />
    </div>
  );
}
