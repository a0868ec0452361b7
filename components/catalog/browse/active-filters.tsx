"use client";

import { countryName } from "../../format/country";
import { useMe } from "../../session/api/get-me";
import { Button } from "../../ui/button";
import { FilterChip } from "../../ui/filter-chip";
import { useBrand } from "../api/get-brand";
import { useFilterValues } from "../api/get-filters";
import { activeFilters, type CatalogFilters, type FilterName, without } from "./catalog-filters";
import { rangeText } from "./range-text";

interface Props {
  filters: CatalogFilters;
  onChange: (change: Partial<CatalogFilters>) => void;
}

/** Each filter in use, to be taken off by itself or with all others. */
export function ActiveFilters({ filters, onChange }: Props) {
  const texts = useFilterTexts(filters);
  const active = activeFilters(filters);
  if (active.length === 0) return null;
  const clearAll = () => onChange(Object.assign({}, ...active.map(without)));
  return (
    <ul aria-label="Filters in use" className="mb-4 flex flex-wrap items-center gap-2">
      {active.map((name) => (
        <li key={name}>
          <FilterChip label={texts[name]} onRemove={() => onChange(without(name))} />
        </li>
      ))}
      <li>
        <Button look="ghost" size="sm" onClick={clearAll}>
          Clear all
        </Button>
      </li>
    </ul>
  );
}

function useFilterTexts(filters: CatalogFilters): Record<FilterName, string> {
  const values = useFilterValues().data;
  const brand = useBrand(filters.onlyBrand).data;
  const own = useMe()?.partner?.currency ?? null;
  const { category, country, currency, priceFromMinor, priceToMinor, faceFromMinor, faceToMinor } = filters;
  const price = rangeText({ currency: own, fromMinor: priceFromMinor, toMinor: priceToMinor });
  const face = rangeText({ currency, fromMinor: faceFromMinor, toMinor: faceToMinor });
  return {
    onlyBrand: brand?.name ?? "One brand",
    category: values?.categories.find(({ id }) => id === category)?.name ?? "Category",
    country: country === null ? "" : countryName(country),
    currency: currency ?? "",
    price: `Your price ${price ?? ""}`,
    face: `Face value ${face ?? ""}`,
    inStock: "In stock only",
  };
}
