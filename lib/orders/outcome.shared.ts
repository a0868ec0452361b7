import type { LineState, OrderState } from "./states.shared";

/** An order's end as its lines tell it; null while a line is still open. */
export function orderOutcome(lines: readonly { status: LineState; delivered: number }[]): OrderState | null {
  if (lines.some(({ status }) => status === "queued" || status === "processing")) return null;
  if (lines.every(({ status }) => status === "completed")) return "completed";
  return lines.every(({ delivered }) => delivered === 0) ? "failed" : "partially_completed";
}

/** A line's end once each of its cards is delivered or given back; null before. */
export function lineOutcome(line: {
  quantity: number;
  delivered: number;
  unitPriceMinor: number;
  returnedMinor: number;
}): LineState | null {
  const { quantity, delivered, unitPriceMinor, returnedMinor } = line;
  if (delivered * unitPriceMinor + returnedMinor !== quantity * unitPriceMinor) return null;
  if (delivered === quantity) return "completed";
  return delivered === 0 ? "failed" : "partially_completed";
}
