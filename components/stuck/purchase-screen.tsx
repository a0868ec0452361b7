"use client";

import { ArrowLeft, SearchX } from "lucide-react";
import Link from "next/link";
import { hasCode } from "../http/api-error";
import { buttonStyles } from "../ui/button";
import { Card } from "../ui/card";
import { ErrorState } from "../ui/error-state";
import { usePurchase } from "./api/get-stuck";
import { AttemptsPanel } from "./attempts-panel";
import { BodyPanel } from "./body-panel";
import { BoughtPanel } from "./bought-panel";
import { AdvicePanel, NextPanel } from "./next-panel";
import { PurchaseHead } from "./purchase-head";
import { PurchaseSkeleton } from "./purchase-skeleton";
import { ReadsPanel } from "./reads-panel";

/** The evidence of one purchase. Nothing here refunds or buys anew: only an answer of the supplier ends it. */
export function PurchaseScreen({ id }: { id: string }) {
  const query = usePurchase(id);
  return (
    <>
      <Link href="/admin/stuck" className="mb-4 inline-flex items-center gap-1.5 rounded-md text-muted text-sm hover:text-ink">
        <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden="true" />
        All purchases in doubt
      </Link>
      <Content query={query} />
    </>
  );
}

function Content({ query }: { query: ReturnType<typeof usePurchase> }) {
  const purchase = query.data;
  if (query.isPending) return <PurchaseSkeleton />;
  if (!purchase) {
    return hasCode(query.error, "not_found") ? (
      <Unknown />
    ) : (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  return (
    <>
      <PurchaseHead
        purchase={purchase}
        readAtMs={query.dataUpdatedAt}
        failing={query.failureCount > 0 || query.fetchStatus === "paused"}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-5 lg:order-last">
          <NextPanel purchase={purchase} />
          <AdvicePanel purchase={purchase} />
        </div>
        <div className="grid min-w-0 gap-5">
          <AttemptsPanel attempts={purchase.attempts} />
          <ReadsPanel reads={purchase.reads} count={purchase.readCount} />
          <BoughtPanel products={purchase.products} />
          <BodyPanel body={purchase.body} />
        </div>
      </div>
    </>
  );
}

function Unknown() {
  return (
    <div className="flex flex-col items-center px-6 py-20 text-center">
      <span className="mb-4 grid size-12 place-items-center rounded-2xl bg-accent-soft text-accent-text">
        <SearchX className="size-6" aria-hidden="true" />
      </span>
      <h1 className="font-semibold text-2xl tracking-tight">Purchase not found</h1>
      <p className="mt-2 max-w-md text-balance text-muted">
        No purchase has this RequestId. Check the address, or choose one of those that are in doubt.
      </p>
      <Link href="/admin/stuck" className={buttonStyles({ look: "primary", className: "mt-6" })}>
        All purchases in doubt
      </Link>
    </div>
  );
}
