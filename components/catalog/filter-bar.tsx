"use client";

import { Switch } from "radix-ui";
import { countryName } from "../format/country";
import { formatCount } from "../format/number";
import { SearchBox } from "../ui/search-box";
import { Select } from "../ui/select";
import { useFilterValues } from "./api/get-filters";
import type { ProductFilters } from "./api/list-products";

interface Props {
  filters: ProductFilters;
  onChange: (change: Partial<ProductFilters>) => void;
}

export function FilterBar({ filters, onChange }: Props) {
  const values = useFilterValues().data;
  const countries = (values?.countries ?? [])
    .map(({ code, products }) => ({ value: code, label: countryName(code), note: formatCount(products) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <search className="mb-5 grid grid-cols-2 gap-2 md:flex md:flex-wrap md:items-center">
      <div className="col-span-2 md:min-w-64 md:flex-1">
        <SearchBox
          label="Search products"
          placeholder="Search brands and products"
          value={filters.search}
          onChange={(search) => onChange({ search })}
        />
      </div>
      <Select
        label="Category"
        anyLabel="All categories"
        className="md:w-44"
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
        className="md:w-44"
        value={filters.country}
        onChange={(country) => onChange({ country })}
        options={countries}
      />
      <Select
        label="Currency"
        anyLabel="All currencies"
        className="md:w-40"
        value={filters.currency}
        onChange={(currency) => onChange({ currency })}
        options={(values?.currencies ?? []).map(({ code, products }) => ({
          value: code,
          label: code,
          note: formatCount(products),
        }))}
      />
      <InStockSwitch checked={filters.inStock} onChange={(inStock) => onChange({ inStock })} />
    </search>
  );
}

function InStockSwitch({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <div className="flex h-9 items-center gap-2.5 px-1">
      <Switch.Root
        id="in-stock"
        checked={checked}
        onCheckedChange={onChange}
        className="h-5 w-9 shrink-0 rounded-full bg-line-strong transition-colors data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-[1.125rem] rtl:-translate-x-0.5 rtl:data-[state=checked]:-translate-x-[1.125rem]" />
      </Switch.Root>
      <label htmlFor="in-stock" className="font-medium text-sm">
        In stock only
      </label>
    </div>
  );
}
