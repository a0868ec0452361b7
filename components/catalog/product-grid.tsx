"use client";

import { SearchX } from "lucide-react";
import { countOf } from "../format/number";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { LoadMore } from "../ui/load-more";
import { RelativeTime } from "../ui/relative-time";
import { type ProductFilters, useProducts } from "./api/list-products";
import { ProductCard } from "./product-card";
import { ProductCardSkeletons } from "./product-card-skeletons";
import { useOpenProduct } from "./use-catalog-url";

export const gridStyles = "grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3";

interface Props {
  filters: ProductFilters;
  onClear: () => void;
}

export function ProductGrid({ filters, onClear }: Props) {
  const query = useProducts(filters);
  const [, openProduct] = useOpenProduct();
  if (query.isPending) return <ProductCardSkeletons />;
  if (!query.data) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  const products = query.data.pages.flatMap((page) => page.items);
  if (products.length === 0) return <NothingFound filtered={isFiltered(filters)} onClear={onClear} />;
  return (
    <section aria-label="Products" aria-busy={query.isPlaceholderData}>
      <p className="mb-3 flex flex-wrap justify-between gap-x-4 text-faint text-sm">
        <output>
          {countOf(products.length, "product")} shown{query.hasNextPage ? ", more below" : ""}
        </output>
        <AsOf iso={query.data.pages[0]?.asOf ?? null} />
      </p>
      <ul className={cn(gridStyles, "transition-opacity", query.isPlaceholderData && "opacity-60")}>
        {products.map((product) => (
          <ProductCard key={product.id} product={product} onOpen={() => openProduct(product.id)} />
        ))}
      </ul>
      <LoadMore query={query} />
    </section>
  );
}

function AsOf({ iso }: { iso: string | null }) {
  if (iso === null) return <span>No complete reading of the catalogue yet</span>;
  return (
    <span>
      Prices and stock as of <RelativeTime iso={iso} />
    </span>
  );
}

function isFiltered(filters: ProductFilters): boolean {
  return Object.values(filters).some((value) => value !== null && value !== "" && value !== false);
}

function NothingFound({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (!filtered) {
    return (
      <Card>
        <EmptyState icon={SearchX} title="The catalogue is empty">
          The first refresh from the supplier has not finished. Products appear here as soon as it has.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <EmptyState
        icon={SearchX}
        title="No product matches"
        action={
          <Button look="primary" onClick={onClear}>
            Clear search and filters
          </Button>
        }
      >
        Try fewer words, another country, or include products that are out of stock.
      </EmptyState>
    </Card>
  );
}
