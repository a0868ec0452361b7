"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { UnavailableReason } from "@/lib/catalog/schemas";
import { countOf } from "../../format/number";
import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { ErrorState } from "../../ui/error-state";
import { LoadMore } from "../../ui/load-more";
import { RefreshTimes } from "../refresh-times";
import { CardSkeletons } from "./card-skeletons";
import type { CatalogFilters } from "./catalog-filters";
import { gridStyles } from "./grid-styles";
import { NothingFound } from "./nothing-found";
import { StaleNotice } from "./stale-notice";

interface Page<T> {
  items: T[];
  nextCursor: string | null;
  approximate: boolean;
  asOf: string | null;
  nextRefreshAt: string;
}

interface Props<T> {
  label: string;
  /** One of what is listed, such as "brand". */
  noun: string;
  query: UseInfiniteQueryResult<InfiniteData<Page<T>, unknown>>;
  filters: CatalogFilters;
  onClear: () => void;
  children: (items: T[]) => ReactNode;
}

/** A list of cards in every state it can be in. What is on its way leaves the earlier cards in place, marked busy. */
export function Results<T extends { unavailable: UnavailableReason | null }>(props: Props<T>) {
  const { label, noun, query, filters, onClear, children } = props;
  if (query.isPending) return <CardSkeletons noun={noun} />;
  const [first] = query.data?.pages ?? [];
  if (!query.data || !first || (query.isError && query.isPlaceholderData)) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  const items = query.data.pages.flatMap((page) => page.items);
  return (
    <section aria-label={label} aria-busy={query.isPlaceholderData}>
      <StaleNotice items={items} first={first} />
      {/* Filtered by price a page may come out empty before the last one. */}
      {items.length === 0 && !query.hasNextPage ? (
        <NothingFound noun={noun} filters={filters} first={first} onClear={onClear} />
      ) : (
        <>
          {first.approximate ? (
            <p role="status" className="mb-2 font-medium">
              Nothing has “{filters.search}”; these come near.
            </p>
          ) : null}
          <p className="mb-3 flex flex-wrap justify-between gap-x-4 text-faint text-sm">
            <output>
              {countOf(items.length, noun)} shown{query.hasNextPage ? ", more below" : ""}
            </output>
            <span>
              Prices and stock: <RefreshTimes freshness={first} />
            </span>
          </p>
          {/* Only what takes long enough to be noticed is dimmed. */}
          <ul className={cn(gridStyles, "transition-opacity", query.isPlaceholderData && "opacity-60 delay-200")}>
            {children(items)}
          </ul>
          <LoadMore query={query} />
        </>
      )}
    </section>
  );
}
