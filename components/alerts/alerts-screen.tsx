"use client";

import { CircleCheckBig } from "lucide-react";
import type { Alert } from "@/lib/alerts/schemas";
import { countOf } from "../format/number";
import { useMay } from "../session/api/get-me";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { LiveIndicator } from "../ui/live-indicator";
import { LoadMore } from "../ui/load-more";
import { PageHeader } from "../ui/page-header";
import { AlertItem } from "./alert-item";
import { AlertsSkeleton } from "./alerts-skeleton";
import { useAlerts } from "./api/list-alerts";

/** Three refreshes missed. */
const STALE_AFTER_MS = 16_000;

export function AlertsScreen() {
  const query = useAlerts();
  return (
    <>
      <PageHeader
        title="Alerts"
        description="What a person must know, open ones first."
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

function Content({ query }: { query: ReturnType<typeof useAlerts> }) {
  const mayAcknowledge = useMay("purchases.ask");
  if (query.isPending) return <AlertsSkeleton />;
  if (!query.data) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  const alerts = query.data.pages.flatMap((page) => page.items);
  const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
  const over = alerts.filter(({ resolvedAt }) => resolvedAt !== null);
  return (
    <>
      <section aria-label="Open alerts">
        {open.length === 0 ? (
          <NothingWrong />
        ) : (
          <>
            <output className="mb-3 block text-faint text-sm">
              {countOf(open.length, "alert")} open{query.hasNextPage && over.length === 0 ? ", more below" : ""}
              {mayAcknowledge ? "" : ". Your role may look; an admin acknowledges."}
            </output>
            <AlertList alerts={open} mayAcknowledge={mayAcknowledge} />
          </>
        )}
      </section>
      {over.length > 0 ? (
        <section aria-labelledby="alerts-over" className="mt-8">
          <h2 id="alerts-over" className="mb-3 font-semibold text-lg">
            Resolved
          </h2>
          <AlertList alerts={over} mayAcknowledge={false} />
        </section>
      ) : null}
      <LoadMore query={query} />
    </>
  );
}

function AlertList({ alerts, mayAcknowledge }: { alerts: readonly Alert[]; mayAcknowledge: boolean }) {
  return (
    <Card>
      <ul className="divide-y">
        {alerts.map((alert) => (
          <AlertItem key={alert.id} alert={alert} mayAcknowledge={mayAcknowledge} />
        ))}
      </ul>
    </Card>
  );
}

function NothingWrong() {
  return (
    <Card>
      <EmptyState icon={CircleCheckBig} title="Nothing is wrong that we know of">
        What a person must know appears here by itself, and is kept below once it is over.
      </EmptyState>
    </Card>
  );
}
