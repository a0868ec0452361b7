"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowLeft, SearchX } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import type { Order } from "@/lib/orders/schemas";
import { hasCode } from "../http/api-error";
import { buttonStyles } from "../ui/button";
import { Card } from "../ui/card";
import { ErrorState } from "../ui/error-state";
import { walletsOptions } from "../wallet/api/list-wallets";
import { useOrder } from "./api/get-order";
import { OrderCardList } from "./order-card-list";
import { OrderHead } from "./order-head";
import { OrderLines } from "./order-lines";
import { OrderSkeleton } from "./order-skeleton";
import { OrderTimeline } from "./order-timeline";

export function OrderScreen({ id }: { id: string }) {
  const query = useOrder(id);
  useFreshWalletWhenMoneyMoves(query.data);
  return (
    <>
      <Link href="/orders" className="mb-4 inline-flex items-center gap-1.5 rounded-md text-muted text-sm hover:text-ink">
        <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden="true" />
        All orders
      </Link>
      <Content query={query} />
    </>
  );
}

/** The header's balance follows the order: captures and releases come with the same change of its state. */
function useFreshWalletWhenMoneyMoves(order: Order | undefined) {
  const client = useQueryClient();
  const moved = order && [order.status, order.captured.amountMinor, order.returned.amountMinor].join(" ");
  const seen = useRef(moved);
  useEffect(() => {
    if (seen.current !== undefined && moved !== seen.current) void client.invalidateQueries(walletsOptions);
    seen.current = moved;
  }, [client, moved]);
}

function Content({ query }: { query: ReturnType<typeof useOrder> }) {
  const order = query.data;
  if (query.isPending) return <OrderSkeleton />;
  if (!order) return hasCode(query.error, "not_found") ? <Unknown /> : <Unreadable query={query} />;
  return (
    <>
      <OrderHead
        order={order}
        readAtMs={query.dataUpdatedAt}
        failing={query.failureCount > 0 || query.fetchStatus === "paused"}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-5">
          <OrderLines order={order} />
          <OrderCardList order={order} />
        </div>
        <OrderTimeline entries={order.timeline} />
      </div>
    </>
  );
}

function Unreadable({ query }: { query: ReturnType<typeof useOrder> }) {
  return (
    <Card>
      <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
    </Card>
  );
}

function Unknown() {
  return (
    <div className="flex flex-col items-center px-6 py-20 text-center">
      <span className="mb-4 grid size-12 place-items-center rounded-2xl bg-accent-soft text-accent-text">
        <SearchX className="size-6" aria-hidden="true" />
      </span>
      <h1 className="font-semibold text-2xl tracking-tight">Order not found</h1>
      <p className="mt-2 max-w-md text-balance text-muted">
        There is no such order in your account. Check the address, or find the order by its number or your reference.
      </p>
      <Link href="/orders" className={buttonStyles({ look: "primary", className: "mt-6" })}>
        Search all orders
      </Link>
    </div>
  );
}
