"use client";

import { countryName } from "../../format/country";
import { formatCount } from "../../format/number";
import { Select } from "../../ui/select";
import { useFilterValues } from "../api/get-filters";
import { type CatalogFilters, without } from "./catalog-filters";

interface Props {
  filters: CatalogFilters;
  onChange: (change: Partial<CatalogFilters>) => void;
  className?: string;
}

/** Category, country and currency, each one of those that the catalogue has. */
export function ChoiceFilters({ filters, onChange, className = "" }: Props) {
  const values = useFilterValues().data;
  const countries = (values?.countries ?? [])
    .map(({ code, products }) => ({ value: code, label: countryName(code), note: formatCount(products) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <>
      <Select
        label="Category"
        anyLabel="All categories"
        className={className}
        value={filters.category === null ? null : String(filters.category)}
        onChange={(category) => onChange({ category: category === null ? null : Number(category) })}
        options={(values?.categories ?? []).map(({ id, name, products }) => ({
          value: String(id),
          label: name,
          note: formatCount(products),
        }))}
      />
      <Select
        label="Country"
        anyLabel="All countries"
        className={className}
        value={filters.country}
        onChange={(country) => onChange({ country })}
        options={countries}
      />
      <Select
        label="Currency"
        anyLabel="All currencies"
        className={className}
        value={filters.currency}
        onChange={(currency) => onChange({ ...without("currency"), currency })}
        options={(values?.currencies ?? []).map(({ code, products }) => ({
          value: code,
          label: code,
          note: formatCount(products),
        }))}
      />
    </>
  );
}
