"use client";

import { Coins } from "lucide-react";
import type { RatesView as Rates } from "@/lib/refresh/schemas";
import { countOf } from "../../format/number";
import { Badge } from "../../ui/badge";
import { Card, Panel } from "../../ui/card";
import { EmptyState } from "../../ui/empty-state";
import { Notice } from "../../ui/notice";
import { RelativeTime } from "../../ui/relative-time";
import { useRates } from "../api/get-rates";
import { ViewState } from "../view-state";
import { RateHistory } from "./rate-history";
import { RateTable } from "./rate-table";

/** The exchange rates that prices are made with, and the lists that were refused. */
export function RatesView() {
  const query = useRates();
  return (
    <ViewState query={query} what="the exchange rates">
      {({ current, history }) => (
        <section aria-label="Exchange rates" className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
          {current ? <Current current={current} /> : <NoneYet />}
          <RateHistory history={history} current={current} />
        </section>
      )}
    </ViewState>
  );
}

function Current({ current }: { current: NonNullable<Rates["current"]> }) {
  const { base, stale, turnedOver, lastSeenAt, createdAt, acceptedBy, rates } = current;
  return (
    <Panel title="In use" className="overflow-hidden" aside={`${countOf(rates.length, "currency", "currencies")} for 1 ${base}`}>
      <div className="grid gap-3 px-5 pb-4">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
          <span>
            Last told by the supplier <RelativeTime iso={lastSeenAt} className="font-medium text-ink" />, the same since{" "}
            <RelativeTime iso={createdAt} />
          </span>
          {turnedOver ? <Badge tone="warning">Turned over</Badge> : null}
          {acceptedBy ? <Badge tone="info">Accepted by {acceptedBy}</Badge> : null}
        </p>
        {stale ? (
          <Notice tone="danger">
            Too old to price by: products in another currency cannot be ordered. New rates are asked for every 15 minutes; look at
            the Supplier page for why none came, or accept a refused list.
          </Notice>
        ) : null}
        {turnedOver ? (
          <Notice tone="warning">
            The supplier sent this list upside down. The known pegs told so, and every rate was turned over before use.
          </Notice>
        ) : null}
      </div>
      <RateTable base={base} rates={rates} />
    </Panel>
  );
}

function NoneYet() {
  return (
    <Card>
      <EmptyState icon={Coins} title="No rates yet">
        The supplier is asked every 15 minutes. Until a list is in use, products in another currency than the partner's have no
        price.
      </EmptyState>
    </Card>
  );
}
