"use client";

import { PackageOpen } from "lucide-react";
import { countOf } from "../../format/number";
import { useMay } from "../../session/api/get-me";
import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { EmptyState } from "../../ui/empty-state";
import { LoadMore } from "../../ui/load-more";
import { SearchBox } from "../../ui/search-box";
import { SwitchField } from "../../ui/switch-field";
import { useDebounced } from "../../ui/use-debounced";
import { useBrands } from "../api/list-brands";
import { ManageNote } from "../manage-note";
import { NothingMatches } from "../nothing-matches";
import { useCatalogueUrl } from "../use-catalogue-url";
import { ViewState } from "../view-state";
import { BrandItem } from "./brand-item";

const SEARCH_REST_MS = 150;
const NOTE_ID = "brands-note";

/** Every brand of the supplier, and the switch that takes one out of sale. */
export function BrandsView() {
  const may = useMay("catalog.manage");
  const [{ search, off }, setUrl] = useCatalogueUrl();
  const query = useBrands({ search: useDebounced(search.trim(), SEARCH_REST_MS), off });
  return (
    <section aria-label="Brands">
      <search className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="w-full sm:w-80">
          <SearchBox
            label="Search brands"
            placeholder="Search brands"
            value={search}
            onChange={(value) => setUrl({ search: value })}
          />
        </div>
        <SwitchField label="Switched off only" checked={off} onChange={(value) => setUrl({ off: value })} />
      </search>
      {may ? null : (
        <div className="mb-4">
          <ManageNote id={NOTE_ID} />
        </div>
      )}
      <ViewState query={query} what="brands">
        {({ pages }) => {
          const brands = pages.flatMap((page) => page.items);
          if (brands.length === 0)
            return <Nothing filtered={search !== "" || off} onClear={() => setUrl({ search: null, off: null })} />;
          return (
            <>
              <output className="mb-3 block text-faint text-sm">
                {countOf(brands.length, "brand")} shown, those switched off first{query.hasNextPage ? ", more below" : ""}
              </output>
              <Card
                className={cn("transition-opacity", query.isPlaceholderData && "opacity-60")}
                aria-busy={query.isPlaceholderData}
              >
                <ul className="divide-y">
                  {brands.map((brand) => (
                    <BrandItem key={brand.id} brand={brand} may={may} noteId={NOTE_ID} />
                  ))}
                </ul>
              </Card>
              <LoadMore query={query} />
            </>
          );
        }}
      </ViewState>
    </section>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return (
    <Card>
      {filtered ? (
        <NothingMatches title="No brand matches" onClear={onClear}>
          Try fewer letters, or show the brands that are on as well.
        </NothingMatches>
      ) : (
        <EmptyState icon={PackageOpen} title="No brands yet">
          They come with the first read of the supplier's catalogue.
        </EmptyState>
      )}
    </Card>
  );
}
