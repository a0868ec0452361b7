import type { Script } from "../faults/acts";
import type { OrderRecord } from "./types";

/** What one line is going to do; times count from acceptance. */
export interface LinePlan {
  sold: number;
  finalAfterMs: number;
  statuses: { afterMs: number; status: string }[];
  pausedAfterMs: number | null;
  trickleMs: number | null;
  hiddenAfterFinalMs: number | null;
}

/** Turns a script into times and numbers. `ordinaryMs` is what an order without a script takes. */
export function planLine(script: Script | undefined, quantity: number, ordinaryMs: number): LinePlan {
  const plain: LinePlan = {
    sold: quantity,
    finalAfterMs: ordinaryMs,
    statuses: [{ afterMs: ordinaryMs * 0.3, status: "Processing" }],
    pausedAfterMs: null,
    trickleMs: null,
    hiddenAfterFinalMs: null,
  };
  switch (script?.kind) {
    case undefined:
      return plain;
    case "instant":
      return { ...plain, finalAfterMs: 0, statuses: [] };
    case "delayed":
      return { ...plain, finalAfterMs: script.afterMs };
    case "pending":
      return { ...plain, finalAfterMs: script.afterMs, statuses: [...quickStart, { afterMs: 200, status: "Pending" }] };
    case "paused":
      return { ...plain, finalAfterMs: script.afterMs, statuses: quickStart, pausedAfterMs: 100 };
    case "trickle":
      return { ...plain, finalAfterMs: script.afterMs, statuses: quickStart, trickleMs: script.afterMs };
    case "partial":
      return {
        ...plain,
        sold: Math.min(quantity, script.sold ?? halfRoundedUp(quantity)),
        finalAfterMs: script.afterMs ?? ordinaryMs,
      };
    case "failed":
      return { ...plain, sold: 0, finalAfterMs: script.afterMs ?? ordinaryMs };
    case "lateCards":
      return { ...plain, hiddenAfterFinalMs: script.hiddenMs };
    case "unknownStatus":
      return { ...plain, finalAfterMs: script.afterMs, statuses: [{ afterMs: 50, status: script.status }] };
  }
}

const quickStart = [{ afterMs: 50, status: "Processing" }];

function halfRoundedUp(quantity: number): number {
  return quantity === 1 ? 0 : Math.ceil(quantity / 2);
}

/** The status a read shows at that moment. */
export function statusAt(order: OrderRecord, nowMs: number): string {
  if (order.settled) return order.settled.status;
  const elapsed = nowMs - order.createdAtMs;
  let status = "Created";
  for (const step of order.statusPath) if (step.afterMs <= elapsed) status = step.status;
  return status;
}
