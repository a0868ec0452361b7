import { Refused } from "../engine/failures";
import type { World } from "../engine/world";
import type { Dispatch, DispatchLine, Line } from "../store/rows";

/** An order line's share of a dispatch. */
export interface Share {
  orderLineId: string;
  productId: number;
  faceMinor: number;
  quantity: number;
  line: Line;
}

const FIRST_CHECK_MS = 60_000;

const TAKEN = new Refused("dispatches_pkey");

export function shareOf(line: Line): Share {
  const { id, productId, faceMinor, quantity } = line;
  return { orderLineId: id, productId, faceMinor, quantity, line };
}

/**
 * Follows lib/dispatch/write-dispatch.ts: lines merged by product and face value, shares in claim order, an id that follows from the order
 * lines. Part of a transaction.
 */
export function writeDispatch({ tables, nowMs, planted }: World, shares: readonly Share[]): Dispatch {
  const derived = `d:${shares
    .map(({ orderLineId }) => orderLineId)
    .sort()
    .join("+")}`;
  // Ids by chance, as they once were, would not hide a claim that is made twice.
  const id = planted === "claim-unconditional" ? `${derived}#${tables.dispatches.length}` : derived;
  if (tables.dispatches.some((other) => other.id === id)) throw TAKEN;
  const lines: DispatchLine[] = [];
  for (const share of planted === "order-reversed" ? [...shares].reverse() : shares) addShare(lines, id, share);
  const dispatch: Dispatch = {
    id,
    status: "prepared",
    rejection: null,
    lines,
    productIds: [...new Set(lines.map(({ productId }) => productId))],
    attempts: [],
    reads: 0,
    lastRead: null,
    placedAtMs: null,
    inDoubtSinceMs: null,
    escalated: false,
    hintedAtMs: null,
    calledBackAtMs: null,
    reportedOpenAtMs: null,
    nextCheckAtMs: nowMs + FIRST_CHECK_MS,
  };
  tables.dispatches.push(dispatch);
  return dispatch;
}

function addShare(lines: DispatchLine[], id: string, { productId, faceMinor, quantity, line }: Share): void {
  let merged = lines.find((candidate) => candidate.productId === productId && candidate.faceMinor === faceMinor);
  if (!merged) {
    merged = { id: `${id}/${lines.length + 1}`, productId, faceMinor, faceCurrency: "USD", quantity: 0, allocations: [] };
    lines.push(merged);
  }
  merged.quantity += quantity;
  merged.allocations.push({ orderLineId: line.id, position: merged.allocations.length, quantity, line });
}
