import type { Metrics } from "@/lib/metrics/schemas";
import { BudgetPanel } from "./budget-panel";
import { CataloguePanel } from "./catalogue-panel";
import { EndpointTable } from "./endpoint-table";
import { InDoubtPanel } from "./in-doubt-panel";
import { MoneyPanel } from "./money-panel";
import { OrdersPanel } from "./orders-panel";
import { QueueTiles } from "./queue-tiles";
import { RecentOrders } from "./recent-orders";
import { SeriesChart } from "./series-chart";

/** Top to bottom: is the queue moving, are partners served, is the supplier well, is the money right. */
export function MetricsBoard({ metrics }: { metrics: Metrics }) {
  const byDay = metrics.window === "7d";
  return (
    <div className="grid gap-4">
      <QueueTiles metrics={metrics} />
      <div className="grid gap-4 xl:grid-cols-2">
        <SeriesChart title="Orders" series={metrics.series} byDay={byDay} lines={ORDER_LINES} />
        <SeriesChart title="Supplier calls" series={metrics.series} byDay={byDay} lines={SUPPLIER_LINES} />
      </div>
      <OrdersPanel orders={metrics.orders} estimates={metrics.estimates} />
      <div className="grid items-start gap-4 2xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          <EndpointTable endpoints={metrics.supplier.endpoints} breakers={metrics.supplier.breakers} />
          <RecentOrders orders={metrics.recentOrders} />
        </div>
        <div className="grid gap-4 items-start sm:grid-cols-2 2xl:grid-cols-1">
          <BudgetPanel budgets={metrics.supplier.budgets} />
          <InDoubtPanel dispatches={metrics.inDoubt} />
          <MoneyPanel money={metrics.money} window={metrics.window} />
          <CataloguePanel catalogue={metrics.catalogue} />
        </div>
      </div>
    </div>
  );
}

const ORDER_LINES = [
  { key: "orders", name: "Accepted", color: "var(--chart-1)", shape: "line" },
  { key: "settled", name: "Settled", color: "var(--chart-2)", shape: "bar" },
  { key: "failed", name: "Failed", color: "var(--chart-3)", shape: "bar" },
] as const;

const SUPPLIER_LINES = [
  { key: "supplierCalls", name: "Calls", color: "var(--chart-1)", shape: "bar" },
  { key: "supplierErrors", name: "Errors", color: "var(--chart-3)", shape: "bar" },
] as const;
