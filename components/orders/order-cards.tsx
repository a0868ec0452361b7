import Link from "next/link";
import type { OrderSummary } from "@/lib/orders/schemas";
import { formatCount } from "../format/number";
import { Money } from "../ui/money";
import { RelativeTime } from "../ui/relative-time";
import { LaneBadge } from "./lane-badge";
import { StatusBadge } from "./status-badge";

/** The list of a phone. */
export function OrderCards({ orders }: { orders: readonly OrderSummary[] }) {
  return (
    <ul className="grid grid-cols-1 gap-2.5 md:hidden">
      {orders.map((order) => (
        <li key={order.id}>
          <Link href={`/orders/${order.id}`} className="block rounded-xl border bg-surface p-4 shadow-raised active:bg-subtle">
            <span className="flex items-center justify-between gap-3">
              <span className="font-medium">{order.number}</span>
              <span className="flex flex-wrap justify-end gap-1.5">
                <LaneBadge lane={order.lane} />
                <StatusBadge status={order.status} />
              </span>
            </span>
            <span className="mt-2 block truncate">{order.summary}</span>
            <span className="mt-1 flex items-baseline justify-between gap-3 text-muted text-sm">
              <span>
                {formatCount(order.delivered)} of {formatCount(order.cards)} delivered
              </span>
              <Money money={order.total} className="font-medium text-base text-ink" />
            </span>
            <span className="mt-1 block truncate text-faint text-sm">
              <RelativeTime iso={order.createdAt} /> · {order.placedBy}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
