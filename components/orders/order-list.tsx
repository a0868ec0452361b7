"use client";

import { ReceiptText, SearchX } from "lucide-react";
import Link from "next/link";
import { countOf } from "../format/number";
import { Button, buttonStyles } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { LiveIndicator } from "../ui/live-indicator";
import { LoadMore } from "../ui/load-more";
import { type OrderFilters, useOrders } from "./api/list-orders";
import { OrderCards } from "./order-cards";
import { OrderListSkeleton } from "./order-list-skeleton";
import { OrderTable } from "./order-table";

/** Two quiet refreshes missed. */
const STALE_AFTER_MS = 45_000;

interface Props {
  filters: OrderFilters;
  onClear: () => void;
}

export function OrderList({ filters, onClear }: Props) {
  const query = useOrders(filters);
  if (query.isPending) return <OrderListSkeleton />;
  if (!query.data) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  const orders = query.data.pages.flatMap((page) => page.items);
  if (orders.length === 0) {
    return <Card>{filters.status !== null || filters.search !== "" ? <NothingFound onClear={onClear} /> : <NoOrders />}</Card>;
  }
  return (
    <section aria-label="Orders" aria-busy={query.isPlaceholderData}>
      <div className="mb-3 flex items-center justify-between gap-4 text-faint text-sm">
        <output>
          {countOf(orders.length, "order")} shown{query.hasNextPage ? ", more below" : ""}
        </output>
        <LiveIndicator
          readAtMs={query.dataUpdatedAt}
          failing={query.failureCount > 0 || query.fetchStatus === "paused"}
          staleAfterMs={STALE_AFTER_MS}
        />
      </div>
      <div className={cn("transition-opacity", query.isPlaceholderData && "opacity-60")}>
        <OrderTable orders={orders} />
        <OrderCards orders={orders} />
      </div>
      <LoadMore query={query} />
    </section>
  );
}

function NoOrders() {
  return (
    <EmptyState
      icon={ReceiptText}
      title="No orders yet"
      action={
        <Link href="/catalogue" className={buttonStyles({ look: "primary" })}>
          Open the catalogue
        </Link>
      }
    >
      Choose a product in the catalogue to place your first order. You can follow it here.
    </EmptyState>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title="No order matches"
      action={
        <Button look="primary" onClick={onClear}>
          Clear search and status
        </Button>
      }
    >
      Search finds order numbers, your references and product names.
    </EmptyState>
  );
}
