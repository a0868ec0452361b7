"use client";

import type { ComponentType } from "react";
import { PageHeader } from "../ui/page-header";
import { Segmented } from "../ui/segmented";
import { BrandsView } from "./brands/brands-view";
import { ChangesView } from "./changes/changes-view";
import { RatesView } from "./rates/rates-view";
import { RefreshView } from "./refresh/refresh-view";
import { RulesView } from "./rules/rules-view";
import { UnsavedGuard, useLeave } from "./unsaved-guard";
import { type CatalogueView, useCatalogueUrl } from "./use-catalogue-url";

const VIEWS: { value: CatalogueView; label: string }[] = [
  { value: "refresh", label: "Refresh" },
  { value: "changes", label: "Changes" },
  { value: "brands", label: "Brands" },
  { value: "rates", label: "Rates" },
  { value: "rules", label: "Price rules" },
];

const SCREENS: Record<CatalogueView, ComponentType> = {
  refresh: RefreshView,
  changes: ChangesView,
  brands: BrandsView,
  rates: RatesView,
  rules: RulesView,
};

export function CatalogueScreen() {
  return (
    <UnsavedGuard>
      <Views />
    </UnsavedGuard>
  );
}

function Views() {
  const [{ view }, setUrl] = useCatalogueUrl();
  const leave = useLeave();
  const View = SCREENS[view];
  return (
    <>
      <PageHeader title="Catalogue" description="What the supplier lists, what partners may order of it, and at which price." />
      {/* Beyond the page's own margin on a phone, so that all five stay on one line. */}
      <div className="-mx-4 mb-5 overflow-x-auto px-4 py-1 max-sm:[&_button]:px-2.5">
        <Segmented label="Show" value={view} options={VIEWS} onChange={(next) => leave(() => void setUrl({ view: next }))} />
      </div>
      <View />
    </>
  );
}
