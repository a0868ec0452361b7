"use client";

import { GitCompareArrows } from "lucide-react";
import { CHANGE_KINDS } from "@/lib/refresh/schemas";
import { countOf } from "../../format/number";
import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { EmptyState } from "../../ui/empty-state";
import { FilterChip } from "../../ui/filter-chip";
import { LoadMore } from "../../ui/load-more";
import { Select } from "../../ui/select";
import { useChanges } from "../api/list-changes";
import { NothingMatches } from "../nothing-matches";
import { useCatalogueUrl } from "../use-catalogue-url";
import { ViewState } from "../view-state";
import { ChangeItem } from "./change-item";
import { CHANGE_LOOKS } from "./change-words";

const kindOptions = CHANGE_KINDS.map((value) => ({ value, label: CHANGE_LOOKS[value].label }));

/** What the reads found different in products, newest first. */
export function ChangesView() {
  const [{ kind, product, refresh }, setUrl] = useCatalogueUrl();
  const query = useChanges({ kind, product, refresh });
  const filtered = kind !== null || product !== null || refresh !== null;
  const name = query.data?.pages[0]?.items[0]?.product.name;
  return (
    <section aria-label="Changes">
      <Filters productName={query.isPlaceholderData ? undefined : name} />
      <ViewState query={query} what="changes">
        {({ pages }) => {
          const changes = pages.flatMap((page) => page.items);
          if (changes.length === 0)
            return <Nothing filtered={filtered} onClear={() => setUrl({ kind: null, product: null, refresh: null })} />;
          return (
            <>
              <output className="mb-3 block text-faint text-sm">
                {countOf(changes.length, "change")} shown, newest first{query.hasNextPage ? ", more below" : ""}
              </output>
              <Card
                className={cn("transition-opacity", query.isPlaceholderData && "opacity-60")}
                aria-busy={query.isPlaceholderData}
              >
                <ul className="divide-y">
                  {changes.map((change) => (
                    <ChangeItem
                      key={change.id}
                      change={change}
                      onProduct={() => setUrl({ product: change.product.id })}
                      onRefresh={() => setUrl({ refresh: change.refreshId })}
                    />
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

/** `productName`: of the one product that is shown, once it is known. */
function Filters({ productName }: { productName: string | undefined }) {
  const [{ kind, product, refresh }, setUrl] = useCatalogueUrl();
  return (
    <search className="mb-4 flex flex-wrap items-center gap-2">
      <Select
        label="Kind"
        anyLabel="All kinds"
        className="sm:w-48"
        value={kind}
        onChange={(value) => setUrl({ kind: CHANGE_KINDS.find((known) => known === value) ?? null })}
        options={kindOptions}
      />
      {product === null ? null : (
        <FilterChip label={productName ?? `Product ${product}`} onRemove={() => setUrl({ product: null })} />
      )}
      {refresh === null ? null : <FilterChip label="One refresh" onRemove={() => setUrl({ refresh: null })} />}
    </search>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return (
    <Card>
      {filtered ? (
        <NothingMatches title="No change matches" onClear={onClear}>
          Nothing of this kind was found within the days that are kept.
        </NothingMatches>
      ) : (
        <EmptyState icon={GitCompareArrows} title="Nothing has changed yet">
          Each read of the catalogue is compared with the one before; what differs appears here.
        </EmptyState>
      )}
    </Card>
  );
}
