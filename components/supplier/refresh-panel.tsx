"use client";

import type { Refreshes } from "@/lib/refresh/schemas";
import { countOf, formatCount } from "../format/number";
import { formatClock, formatDuration } from "../format/time";
import { Badge, type Tone } from "../ui/badge";
import { Panel } from "../ui/card";
import { ErrorState } from "../ui/error-state";
import { Meter } from "../ui/meter";
import { RelativeTime } from "../ui/relative-time";
import { Skeleton } from "../ui/skeleton";
import { useRefreshes } from "./api/get-refreshes";

/** The Catalogue page has them all. */
const SHOWN = 5;

/** Full reads of the catalogue: the supplier allows a few an hour, counted in the database. */
export function RefreshPanel() {
  const query = useRefreshes();
  return (
    <Panel title="Catalogue refreshes" className="overflow-hidden">
      {query.data ? (
        <Content refreshes={query.data} />
      ) : query.isPending ? (
        <div aria-busy="true" className="grid gap-3 border-t px-5 py-4">
          <span className="sr-only">Loading the refreshes</span>
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-24" />
        </div>
      ) : (
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      )}
    </Panel>
  );
}

function Content({ refreshes: { startedLastHour, limitPerHour, nextAllowedAt, items } }: { refreshes: Refreshes }) {
  const text = `${formatCount(startedLastHour)} of ${formatCount(limitPerHour)}`;
  return (
    <>
      <div className="border-t px-5 py-4">
        <div className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
          <span className="font-medium">{text} in 1 h</span>
          <span className="text-muted">Next {nextAllowedAt ? `at ${formatClock(nextAllowedAt)}` : "allowed now"}</span>
        </div>
        <Meter label="Refreshes of this hour" value={startedLastHour} max={limitPerHour} text={`${text} refreshes begun`} />
      </div>
      <ul className="divide-y border-t">
        {items.slice(0, SHOWN).map((item) => (
          <Item key={item.id} item={item} />
        ))}
        {items.length === 0 ? <li className="px-5 py-4 text-muted">The catalogue was not read yet.</li> : null}
      </ul>
    </>
  );
}

const LOOKS: Record<Refreshes["items"][number]["status"], { label: string; tone: Tone }> = {
  running: { label: "Running", tone: "info" },
  completed: { label: "Completed", tone: "success" },
  failed: { label: "Failed", tone: "danger" },
};

const TRIGGERS: Record<Refreshes["items"][number]["trigger"], string> = {
  schedule: "on schedule",
  webhook: "on a webhook",
  admin: "asked for by an admin",
  start: "at the start",
};

function Item({ item: { status, trigger, startedAt, tookMs, counts, error } }: { item: Refreshes["items"][number] }) {
  const { label, tone } = LOOKS[status];
  return (
    <li className="px-5 py-3">
      <div className="flex items-center justify-between gap-3">
        <span className="min-w-0 truncate">
          <RelativeTime iso={startedAt} className="font-medium" /> <span className="text-muted">{TRIGGERS[trigger]}</span>
        </span>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="text-faint text-sm">
        {[
          counts === null ? null : countOf(counts.products, "product"),
          tookMs === null ? null : `took ${formatDuration(tookMs / 1_000)}`,
        ]
          .filter((part) => part !== null)
          .join(", ") || "under way"}
      </p>
      {error ? <p className="mt-1 break-words text-danger text-sm">{error}</p> : null}
    </li>
  );
}
