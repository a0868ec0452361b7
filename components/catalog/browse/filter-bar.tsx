"use client";

import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button";
import { SearchBox } from "../../ui/search-box";
import { Sheet } from "../../ui/sheet";
import { SwitchField } from "../../ui/switch-field";
import { activeFilters, type CatalogFilters } from "./catalog-filters";
import { ChoiceFilters } from "./choice-filters";
import { RangeFields } from "./range-fields";
import { RangeFilter } from "./range-filter";
import { useRanges } from "./use-ranges";

interface Props {
  filters: CatalogFilters;
  onChange: (change: Partial<CatalogFilters>) => void;
}

/** The search, and the filters beside it; on a phone those stand behind one button. */
export function FilterBar({ filters, onChange }: Props) {
  const ranges = useRanges(filters, onChange);
  return (
    <search className="mb-4 grid grid-cols-[minmax(0,1fr)_auto] gap-2 md:flex md:flex-wrap md:items-center">
      <div className="md:basis-full">
        <SearchBox
          label="Search the catalogue"
          placeholder="Search brands, products, countries"
          value={filters.search}
          onChange={(search) => onChange({ search })}
        />
      </div>
      <div className="hidden flex-wrap items-center gap-2 md:flex">
        <ChoiceFilters filters={filters} onChange={onChange} className="w-40" />
        {ranges.map((range) => (
          <RangeFilter key={range.label} range={range} />
        ))}
        <SwitchField label="In stock only" checked={filters.inStock} onChange={(inStock) => onChange({ inStock })} />
      </div>
      <PhoneFilters filters={filters} onChange={onChange} />
    </search>
  );
}

function PhoneFilters({ filters, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const ranges = useRanges(filters, onChange);
  const count = activeFilters(filters).length;
  const close = () => setOpen(false);
  return (
    <div className="md:hidden">
      <Button className="h-10" onClick={() => setOpen(true)} aria-haspopup="dialog">
        <SlidersHorizontal aria-hidden="true" />
        Filters{count > 0 ? ` (${count})` : ""}
      </Button>
      <Sheet open={open} onClose={close} title="Filters">
        <div className="grid gap-4 overflow-y-auto px-6 pt-5 pb-4">
          <h2 className="pe-10 font-semibold text-xl">Filters</h2>
          <ChoiceFilters filters={filters} onChange={onChange} />
          {ranges.map((range) => (
            <fieldset key={range.label} className="grid gap-1.5">
              <legend className="mb-1.5 font-medium text-sm">{range.label}</legend>
              <RangeFields range={range} />
            </fieldset>
          ))}
          <SwitchField label="In stock only" checked={filters.inStock} onChange={(inStock) => onChange({ inStock })} />
        </div>
        <div className="border-t px-6 pt-4 pb-[max(1rem,env(safe-area-inset-bottom))]">
          <Button look="primary" size="lg" className="w-full" onClick={close}>
            Show results
          </Button>
        </div>
      </Sheet>
    </div>
  );
}
