import type { Metrics } from "@/lib/metrics/schemas";
import { formatCount } from "../format/number";
import { formatDuration } from "../format/time";
import { StatusBadge } from "../orders/status-badge";
import { Panel } from "../ui/card";
import { Money } from "../ui/money";
import { RelativeTime } from "../ui/relative-time";
import { Table, Td, Th } from "../ui/table";

type RecentOrder = Metrics["recentOrders"][number];
const COLUMNS = 5;

export function RecentOrders({ orders }: { orders: readonly RecentOrder[] }) {
  return (
    <Panel title="Recent orders" className="overflow-hidden">
      <Table caption="Recent orders" className="border-t">
        <thead>
          <tr>
            <Th>Order</Th>
            <Th>Status</Th>
            <Th className="text-end">Cards</Th>
            <Th className="text-end">Total</Th>
            <Th>Placed</Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {orders.map((order) => (
            <Row key={order.id} order={order} />
          ))}
          {orders.length === 0 ? (
            <tr>
              <Td colSpan={COLUMNS} className="text-center text-faint">
                No order has been placed yet
              </Td>
            </tr>
          ) : null}
        </tbody>
      </Table>
    </Panel>
  );
}

function Row({ order }: { order: RecentOrder }) {
  return (
    <tr>
      <Td className="whitespace-nowrap">
        <span className="block font-medium">{order.number}</span>
        <span className="block max-w-44 truncate text-faint text-sm">{order.partner}</span>
      </Td>
      <Td>
        <StatusBadge status={order.status} />
      </Td>
      <Td className="text-end">{formatCount(order.cards)}</Td>
      <Td className="text-end">
        <Money money={order.total} />
      </Td>
      <Td className="whitespace-nowrap text-muted">
        <RelativeTime iso={order.createdAt} className="block" />
        <span className="block text-faint text-sm">{tookOf(order)}</span>
      </Td>
    </tr>
  );
}

function tookOf({ createdAt, settledAt }: RecentOrder): string {
  return settledAt === null
    ? "not settled yet"
    : `settled in ${formatDuration((Date.parse(settledAt) - Date.parse(createdAt)) / 1_000)}`;
}
