"use client";

import { Card } from "../ui/card";
import { ErrorState } from "../ui/error-state";
import { LiveIndicator } from "../ui/live-indicator";
import { PageHeader } from "../ui/page-header";
import { LIVE_MS, useSupplier } from "./api/get-supplier";
import { CallsView } from "./calls-view";
import { SupplierBoard } from "./supplier-board";
import { SupplierSkeleton } from "./supplier-skeleton";

/** Three refreshes missed, and the time of a slow one. */
const STALE_AFTER_MS = 4 * LIVE_MS;

export function SupplierScreen() {
  const query = useSupplier();
  return (
    <>
      <PageHeader
        title="Supplier"
        description="What the supplier still allows, how it answers, and what waits for it."
        actions={
          query.data ? (
            <LiveIndicator
              readAtMs={query.dataUpdatedAt}
              failing={query.failureCount > 0 || query.fetchStatus === "paused"}
              staleAfterMs={STALE_AFTER_MS}
            />
          ) : null
        }
      />
      <Board query={query} />
      <div className="mt-8">
        <CallsView />
      </div>
    </>
  );
}

function Board({ query }: { query: ReturnType<typeof useSupplier> }) {
  if (query.data) return <SupplierBoard supplier={query.data} />;
  if (query.isPending) return <SupplierSkeleton />;
  return (
    <Card>
      <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
    </Card>
  );
}
