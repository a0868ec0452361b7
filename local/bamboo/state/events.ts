import type { ProductChange } from "../catalog/catalog";
import type { OrderItem, OrderRecord } from "../orders/types";
import type { Account, NotificationSettings, Push, State, Violation } from "./state";

/** One line of the journal. Whatever changes the state is one of these, written before anybody is told. */
export type SandboxEvent =
  | { t: "begin"; catalogKey: string; cardKey: string; atMs: number }
  | { t: "accepted"; order: OrderRecord; pushes: Push[] }
  | { t: "settled"; requestId: string; atMs: number; pushes: Push[] }
  | { t: "replanned"; requestId: string; finalAtMs: number; items: OrderItem[] }
  | { t: "pushes"; pushes: Push[] }
  | { t: "pushTried"; id: number; nextDueAtMs: number | null }
  | { t: "notification"; settings: NotificationSettings }
  | { t: "account"; id: number; balance?: number | undefined; isActive?: boolean | undefined; currency?: string | undefined }
  | { t: "product"; id: number; change: ProductChange; atMs: number }
  | { t: "rate"; currency: string; perUsd: number | null }
  | { t: "violation"; violation: Violation }
  | { t: "clock"; offsetMs: number }
  | { t: "reset" }
  | SnapshotHead
  | { t: "order"; order: OrderRecord };

/** The first line of a compacted journal; the orders follow, one a line. */
export interface SnapshotHead {
  t: "snapshot";
  state: Pick<
    State,
    | "catalogKey"
    | "cardKey"
    | "nextOrderId"
    | "nextCardId"
    | "nextTransactionId"
    | "nextPushId"
    | "charged"
    | "notification"
    | "violations"
  > & {
    accounts: Account[];
    pushes: Push[];
  };
  products: ({ id: number; atMs: number } & ProductChange)[];
  rates: [string, number][];
  clockOffsetMs: number;
}
