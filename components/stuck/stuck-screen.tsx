"use client";

import { CircleCheckBig } from "lucide-react";
import { countOf } from "../format/number";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { LiveIndicator } from "../ui/live-indicator";
import { LoadMore } from "../ui/load-more";
import { PageHeader } from "../ui/page-header";
import { useStuck } from "./api/list-stuck";
import { StuckCards } from "./stuck-cards";
import { StuckSkeleton } from "./stuck-skeleton";
import { StuckTable } from "./stuck-table";

/** Three refreshes missed. */
const STALE_AFTER_MS = 16_000;

export function StuckScreen() {
  const query = useStuck();
  return (
    <>
      <PageHeader
        title="Stuck"
        description="Purchases whose outcome the supplier has not told us, longest first."
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
      <Content query={query} />
    </>
  );
}

function Content({ query }: { query: ReturnType<typeof useStuck> }) {
  if (query.isPending) return <StuckSkeleton />;
  if (!query.data) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  const purchases = query.data.pages.flatMap((page) => page.items);
  if (purchases.length === 0) return <NothingInDoubt />;
  return (
    <section aria-label="Purchases in doubt">
      <output className="mb-3 block text-faint text-sm">
        {countOf(purchases.length, "purchase")} in doubt{query.hasNextPage ? ", more below" : ""}
      </output>
      <StuckTable purchases={purchases} />
      <StuckCards purchases={purchases} />
      <LoadMore query={query} />
    </section>
  );
}

function NothingInDoubt() {
  return (
    <Card>
      <EmptyState icon={CircleCheckBig} title="Nothing is in doubt">
        Every purchase has a clear answer or is still within its usual time. One that the supplier does not answer clearly appears
        here by itself, and leaves when it is cleared up.
      </EmptyState>
    </Card>
  );
}
