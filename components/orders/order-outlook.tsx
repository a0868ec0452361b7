"use client";

import { Timer } from "lucide-react";
import type { Order } from "@/lib/orders/schemas";
import { formatClock, formatExact } from "../format/time";
import { useNow } from "../ui/use-now";
import { expectedWords, waitWords } from "./outlook-words";

const TICK_MS = 1_000;

/** When the order is expected and what it waits for, kept true while shown; and what was told when it was placed, which stays. */
export function OrderOutlook({ order }: { order: Order }) {
  const nowMs = useNow(TICK_MS);
  const expected = expectedWords(order, nowMs);
  const waits = waitWords(order);
  return (
    <>
      {expected && order.expected ? (
        <p
          className="mt-1.5 flex items-center gap-1.5 font-medium"
          title={`${formatExact(order.expected.from)} to ${formatExact(order.expected.by)}`}
          suppressHydrationWarning
        >
          <Timer className="size-4 shrink-0 text-muted" aria-hidden="true" />
          {expected}
        </p>
      ) : null}
      {waits ? <p className="mt-0.5 max-w-2xl text-muted">{waits}</p> : null}
      {order.estimate ? (
        <p
          className="mt-0.5 text-faint text-sm"
          title={`${formatExact(order.estimate.from)} to ${formatExact(order.estimate.by)}`}
        >
          When it was placed we estimated {formatClock(order.estimate.from)} to {formatClock(order.estimate.by)}
        </p>
      ) : null}
    </>
  );
}
