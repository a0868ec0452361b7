"use client";

import type { Order } from "@/lib/orders/schemas";
import { isFinal } from "@/lib/orders/states.shared";
import { formatExact } from "../format/time";
import { cn } from "../ui/cn";
import { LiveIndicator } from "../ui/live-indicator";
import { Money } from "../ui/money";
import { RelativeTime } from "../ui/relative-time";
import { LIVE_MS } from "./api/get-order";
import { CancelOrder } from "./cancel-order";
import { LaneBadge } from "./lane-badge";
import { OrderOutlook } from "./order-outlook";
import { STATUS_LOOKS } from "./status-look";
import { statusMeaning, statusSentence } from "./status-sentence";

const STALE_AFTER_MS = 6 * LIVE_MS;

interface Props {
  order: Order;
  readAtMs: number;
  failing: boolean;
}

export function OrderHead({ order, readAtMs, failing }: Props) {
  return (
    <header className="mb-5 rounded-xl border bg-surface shadow-raised">
      <div className="px-5 py-5 sm:px-6">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <div className="flex items-center gap-3">
            <h1 className="font-semibold text-2xl tracking-tight">Order {order.number}</h1>
            <LaneBadge lane={order.lane} />
          </div>
          <div className="flex items-center gap-4">
            {isFinal(order.status) ? null : <LiveIndicator readAtMs={readAtMs} failing={failing} staleAfterMs={STALE_AFTER_MS} />}
            <CancelOrder order={order} />
          </div>
        </div>
        <Standing order={order} />
      </div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 border-t px-5 py-4 sm:px-6 md:grid-cols-4">
        <Fact name="Total">
          <Money money={order.total} className="font-medium" />
        </Fact>
        <Fact name={isFinal(order.status) ? "Paid" : "Paid so far"}>
          <Money money={order.captured} className="font-medium" />
        </Fact>
        <Fact name="Placed">
          <RelativeTime iso={order.createdAt} /> by {order.placedBy}
        </Fact>
        <Fact name="Your reference">{order.reference ?? <span className="text-faint">None</span>}</Fact>
      </dl>
    </header>
  );
}

const iconTones = {
  neutral: "bg-hover text-muted",
  accent: "bg-accent-soft text-accent-text",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  info: "bg-info-soft text-info",
};

function Standing({ order }: { order: Order }) {
  const { icon: Icon, tone, turns } = STATUS_LOOKS[order.status];
  const meaning = statusMeaning(
    order.status,
    order.timeline.map(({ kind }) => kind),
  );
  return (
    <div className="mt-4 flex items-start gap-3.5">
      <span className={cn("grid size-10 shrink-0 place-items-center rounded-full", iconTones[tone])}>
        <Icon className={cn("size-5", turns && "animate-[spin_2.4s_linear_infinite]")} aria-hidden="true" />
      </span>
      <div className="min-w-0 self-center">
        <output className="block font-semibold text-lg">{statusSentence(order)}</output>
        {meaning ? <p className="max-w-2xl text-muted">{meaning}</p> : null}
        <OrderOutlook order={order} />
        {order.settledAt ? <p className="text-muted">Finished {formatExact(order.settledAt)}</p> : null}
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-sm">{name}</dt>
      <dd className="mt-0.5 break-words">{children}</dd>
    </div>
  );
}
