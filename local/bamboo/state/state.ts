import type { OrderRecord } from "../orders/types";

export interface Account {
  id: number;
  currency: string;
  /** In units, with what is reserved still in it. */
  balance: number;
  reserved: number;
  isActive: boolean;
}

export interface NotificationSettings {
  notificationUrl: string;
  notificationUrlSandbox: string;
  secretKey: string;
}

export type PushMode = "normal" | "forged" | "early" | "replay" | "stale" | "wrongSecret";

/** One callback or webhook that has to be sent. */
export interface Push {
  id: number;
  channel: "callback" | "webhook";
  mode: PushMode;
  dueAtMs: number;
  tries: number;
  requestId: string | null;
  productIds: number[];
}

/** A limit that was broken; kept for ever, so that a test can ask whether one ever was. */
export interface Violation {
  atMs: number;
  endpoint: string;
  rule: string;
  waitMs: number;
  productId: number | null;
}

/** Everything that outlives a crash. Changed by `applyEvent` alone. */
export interface State {
  /** Which catalogue the orders are about: its seed and its number of brands. */
  catalogKey: string;
  cardKey: string;
  nextOrderId: number;
  nextCardId: number;
  nextTransactionId: number;
  nextPushId: number;
  accounts: Map<number, Account>;
  /** By RequestId in lower case. */
  orders: Map<string, OrderRecord>;
  orderIds: Map<number, string>;
  /** RequestIds of charged orders, oldest charge first. */
  charged: string[];
  notification: NotificationSettings | null;
  pushes: Map<number, Push>;
  violations: Violation[];
}

/** The accounts of the sandbox's client. Balances in units: five million each. */
export const defaultAccounts: readonly Account[] = [
  { id: 901001, currency: "USD", balance: 50_000_000_000, reserved: 0, isActive: true },
  { id: 901002, currency: "EUR", balance: 50_000_000_000, reserved: 0, isActive: true },
  { id: 901003, currency: "AED", balance: 50_000_000_000, reserved: 0, isActive: true },
];

const IDS_SINCE_MS = Date.UTC(2026, 0, 1);

/**
 * A fresh state. Ids begin where the time of day puts them and the key of the codes is random, so that a sandbox that lost
 * its memory does not hand out ids and codes that its client has seen before.
 */
export function freshState({ catalogKey, cardKey, atMs }: { catalogKey: string; cardKey: string; atMs: number }): State {
  const seconds = Math.floor((atMs - IDS_SINCE_MS) / 1000);
  return {
    catalogKey,
    cardKey,
    nextOrderId: 10_000_000 + seconds,
    nextCardId: 50_000_000 + seconds * 20,
    nextTransactionId: 10_000_000 + seconds,
    nextPushId: 1,
    accounts: new Map(defaultAccounts.map((account) => [account.id, { ...account }])),
    orders: new Map(),
    orderIds: new Map(),
    charged: [],
    notification: null,
    pushes: new Map(),
    violations: [],
  };
}
