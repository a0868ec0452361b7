import Link from "next/link";
import type { ReactNode } from "react";
import type { Metrics } from "@/lib/metrics/schemas";
import { formatCount } from "../format/number";
import { formatClock } from "../format/time";
import { Panel } from "../ui/card";
import { RelativeTime } from "../ui/relative-time";

export function CataloguePanel({ catalogue }: { catalogue: Metrics["catalogue"] }) {
  const { products, lastRefreshAt, lastRefreshStatus, nextRefreshAllowedAt } = catalogue;
  return (
    <Panel
      title="Catalogue"
      aside={
        <Link href="/admin/catalogue" className="rounded-sm text-accent-text underline underline-offset-2">
          Refreshes
        </Link>
      }
    >
      <dl className="grid gap-1.5 border-t px-5 py-4">
        <Row name="Products">{formatCount(products)}</Row>
        <Row name="Last refresh">{lastRefreshAt ? <RelativeTime iso={lastRefreshAt} /> : "Never"}</Row>
        <Row name="Outcome">{lastRefreshStatus ? lastRefreshStatus.replaceAll("_", " ") : "–"}</Row>
        <Row name="Next allowed">{nextRefreshAllowedAt ? formatClock(nextRefreshAllowedAt) : "Now"}</Row>
      </dl>
    </Panel>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}
