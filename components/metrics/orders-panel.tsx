import type { ReactNode } from "react";
import type { Metrics } from "@/lib/metrics/schemas";
import { formatCount, formatPercent } from "../format/number";
import { formatDuration } from "../format/time";
import { StatusBadge } from "../orders/status-badge";
import { Panel } from "../ui/card";

/** Whether partners are served, and how fast. */
export function OrdersPanel({ orders, estimates }: Pick<Metrics, "orders" | "estimates">) {
  return (
    <Panel title="How partners are served" aside="Orders accepted in the window">
      <div className="divide-y border-t">
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4 px-5 py-4 sm:grid-cols-3 lg:grid-cols-5">
          <Fact name="Accepted">{formatCount(orders.accepted)}</Fact>
          <Fact name="Cards delivered">{formatCount(orders.cardsDelivered)}</Fact>
          <Fact name="Accept to placed">
            <Percentiles p50={orders.acceptToPlacedP50Seconds} p95={orders.acceptToPlacedP95Seconds} />
          </Fact>
          <Fact name="Placed to settled">
            <Percentiles p50={orders.placedToSettledP50Seconds} p95={orders.placedToSettledP95Seconds} />
          </Fact>
          <Fact name="Within their estimate">
            <Honesty estimates={estimates} />
          </Fact>
        </dl>
        <ul aria-label="Orders by status" className="flex flex-wrap items-center gap-x-5 gap-y-2 px-5 py-3">
          {orders.byStatus.map(({ status, orders: count }) => (
            <li key={status} className="flex items-center gap-2">
              <StatusBadge status={status} />
              <span className="font-semibold">{formatCount(count)}</span>
            </li>
          ))}
          {orders.byStatus.length === 0 ? <li className="text-faint">No orders in this window</li> : null}
        </ul>
      </div>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-faint text-sm">{name}</dt>
      <dd className="mt-0.5 font-semibold text-lg">{children}</dd>
    </div>
  );
}

function Percentiles({ p50, p95 }: { p50: number | null; p95: number | null }) {
  if (p50 === null && p95 === null) return <span className="font-normal text-faint">Nothing yet</span>;
  return (
    <>
      {p50 === null ? "–" : formatDuration(p50)}
      <span className="block font-normal text-faint text-sm">p95 {p95 === null ? "–" : formatDuration(p95)}</span>
    </>
  );
}

/** The share that kept what the partner was told, how the others missed it, and how wide the promise was beside the wait. */
function Honesty({ estimates }: { estimates: Metrics["estimates"] }) {
  const { settled, within, early, late, medianWidthSeconds, medianWaitSeconds } = estimates;
  if (settled === 0) return <span className="font-normal text-faint">Nothing yet</span>;
  return (
    <>
      {formatPercent(within / settled)}
      <span className="block font-normal text-faint text-sm">
        {formatCount(early)} early, {formatCount(late)} late
      </span>
      {medianWidthSeconds === null || medianWaitSeconds === null ? null : (
        <span className="block font-normal text-faint text-sm">
          {formatDuration(medianWidthSeconds)} wide at a wait of {formatDuration(medianWaitSeconds)}
        </span>
      )}
    </>
  );
}
