import { Refused } from "../engine/failures";
import type { World } from "../engine/world";
import type { Dispatch, DispatchLine, Line } from "../store/rows";

/** An order line's share of a dispatch. */
export interface Share {
  line: Line;
  quantity: number;
}

const FIRST_CHECK_MS = 60_000;

const TAKEN = new Refused("dispatches_pkey");

/**
 * Follows lib/dispatch/write-dispatch.ts: lines merged by product and face value, shares in claim order, an id that follows from the order
 * lines. Part of a transaction.
 */
export function writeDispatch({ tables, nowMs, planted }: World, shares: readonly Share[]): Dispatch {
  const derived = `d:${shares
    .map(({ line }) => line.id)
    .sort()
    .join("+")}`;
  // Ids by chance, as they once were, would not hide a claim that is made twice.
  const id = planted === "claim-unconditional" ? `${derived}#${tables.dispatches.length}` : derived;
  if (tables.dispatches.some((other) => other.id === id)) throw TAKEN;
  const lines: (DispatchLine & { allocations: DispatchLine["allocations"] })[] = [];
  for (const { line, quantity } of shares) {
    const { productId, faceMinor } = line;
    let merged = lines.find((candidate) => candidate.productId === productId && candidate.faceMinor === faceMinor);
    if (!merged) {
      merged = { id: `${id}/${lines.length + 1}`, productId, faceMinor, faceCurrency: "USD", quantity: 0, allocations: [] };
      lines.push(merged);
    }
    merged.quantity += quantity;
    merged.allocations.push({ orderLineId: line.id, position: merged.allocations.length, quantity, line });
  }
  const dispatch: Dispatch = {
    id,
    status: "prepared",
    lines,
    productIds: [...new Set(lines.map(({ productId }) => productId))],
    attempts: [],
    reads: 0,
    lastRead: null,
    placedAtMs: null,
    inDoubtSinceMs: null,
    escalated: false,
    hintedAtMs: null,
    nextCheckAtMs: nowMs + FIRST_CHECK_MS,
  };
  tables.dispatches.push(dispatch);
  return dispatch;
}
