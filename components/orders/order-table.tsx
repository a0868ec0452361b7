import Link from "next/link";
import type { OrderSummary } from "@/lib/orders/schemas";
import { formatCount } from "../format/number";
import { Card } from "../ui/card";
import { Money } from "../ui/money";
import { RelativeTime } from "../ui/relative-time";
import { Table, Td, Th } from "../ui/table";
import { LaneBadge } from "./lane-badge";
import { StatusBadge } from "./status-badge";

/** The dense form, for comparing. The row's link covers the whole row. */
export function OrderTable({ orders }: { orders: readonly OrderSummary[] }) {
  return (
    <Card className="hidden overflow-hidden md:block">
      <Table caption="Orders, newest first">
        <thead>
          <tr>
            <Th>Order</Th>
            <Th>Status</Th>
            <Th>Products</Th>
            <Th className="text-end">Delivered</Th>
            <Th className="text-end">Total</Th>
            <Th className="hidden xl:table-cell">Placed by</Th>
            <Th>Placed</Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {orders.map((order) => (
            <Row key={order.id} order={order} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Row({ order }: { order: OrderSummary }) {
  return (
    <tr className="relative transition-colors hover:bg-subtle">
      <Td>
        <Link
          href={`/orders/${order.id}`}
          className="whitespace-nowrap font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          {order.number}
        </Link>
      </Td>
      <Td>
        <span className="flex flex-wrap gap-1.5">
          <StatusBadge status={order.status} />
          <LaneBadge lane={order.lane} />
        </span>
      </Td>
      <Td className="w-full max-w-0">
        <span className="block truncate">{order.summary}</span>
        {order.reference ? <span className="block truncate text-faint text-sm">{order.reference}</span> : null}
      </Td>
      <Td className="whitespace-nowrap text-end">
        {formatCount(order.delivered)} <span className="text-faint">of {formatCount(order.cards)}</span>
      </Td>
      <Td className="text-end font-medium">
        <Money money={order.total} />
      </Td>
      <Td className="hidden whitespace-nowrap text-muted xl:table-cell">{order.placedBy}</Td>
      <Td className="relative z-10 whitespace-nowrap text-muted">
        <RelativeTime iso={order.createdAt} />
      </Td>
    </tr>
  );
}
