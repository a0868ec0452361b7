"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { ErrorState } from "../ui/error-state";
import { LiveIndicator } from "../ui/live-indicator";
import { PageHeader } from "../ui/page-header";
import { Segmented } from "../ui/segmented";
import { useMetrics } from "./api/get-metrics";
import { MetricsBoard } from "./metrics-board";
import { MetricsSkeleton } from "./metrics-skeleton";

const WINDOWS = [
  { value: "1h", label: "1 hour" },
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
] as const;

/** Three refreshes missed. */
const STALE_AFTER_MS = 16_000;

export function MetricsScreen() {
  const [window, setWindow] = useQueryState("window", parseAsStringLiteral(["1h", "24h", "7d"]).withDefault("1h"));
  const query = useMetrics(window);
  return (
    <>
      <PageHeader
        title="Metrics"
        actions={
          <div className="flex flex-wrap items-center gap-4">
            {query.data ? (
              <LiveIndicator readAtMs={query.dataUpdatedAt} failing={query.failureCount > 0} staleAfterMs={STALE_AFTER_MS} />
            ) : null}
            <Segmented label="Window" value={window} options={WINDOWS} onChange={setWindow} />
          </div>
        }
      />
      {query.data ? (
        <div className={cn("transition-opacity", query.isPlaceholderData && "opacity-60")} aria-busy={query.isPlaceholderData}>
          <MetricsBoard metrics={query.data} />
        </div>
      ) : query.isPending ? (
        <MetricsSkeleton />
      ) : (
        <Card>
          <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
        </Card>
      )}
    </>
  );
}
