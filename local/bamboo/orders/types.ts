import type { Cost } from "../money/cost";

export type FinalStatus = "Succeeded" | "PartialFailed" | "Failed";

/** One product line of an order. Its outcome is settled at acceptance and shown when its time comes. */
export interface OrderItem {
  productId: number;
  /** In units. */
  face: number;
  quantity: number;
  /** Of one card, in the account's currency, unrounded. */
  cost: Cost;
  /** From the price's currency to the account's, scaled. */
  rate: number;
  /** Its cards have the ids from here on. */
  firstCardId: number;
  sold: number;
  /** Cards are shown as Paused from then on, while the order is open. */
  pausedFromMs: number | null;
  /** Cards appear one by one up to then, while the order is open. */
  trickleMs: number | null;
  /** Half the cards stay out of sight until then, though sold. */
  hiddenUntilMs: number | null;
  duplicateCode: boolean;
}

/** An accepted order. Times ending in `Ms` are Unix time unless they say "after", which counts from `createdAtMs`. */
export interface OrderRecord {
  orderId: number;
  requestId: string;
  accountId: number;
  currency: string;
  createdAtMs: number;
  items: OrderItem[];
  /** What the status reads from each moment on, until it is final. */
  statusPath: { afterMs: number; status: string }[];
  finalAtMs: number;
  readableFromMs: number;
  /** Held for this order until it is settled, in units. */
  reserved: number;
  /** What its callback and webhook do, if that is not what the modes say. */
  callback: { mode: "lost" | "duplicate" | "late" | "early" | "forged"; delayMs: number | null } | null;
  webhook: "lost" | "replay" | "stale" | "wrongSecret" | null;
  settled: Settlement | null;
}

export interface Settlement {
  atMs: number;
  status: FinalStatus;
  /** Cards. */
  sold: number;
  /** What was charged, in units. */
  total: number;
  balanceAfter: number;
  transactionId: number;
}
