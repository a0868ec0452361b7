import { fromUnits } from "../money/amount";
import { outcomeOf, sum } from "../orders/outcome";
import { statusAt } from "../orders/plan";
import type { OrderRecord } from "../orders/types";
import type { Sandbox } from "../sandbox";

export interface ControlOrder {
  orderId: number;
  requestId: string;
  accountId: number;
  status: string;
  final: boolean;
  createdAtMs: number;
  finalAtMs: number;
  wanted: number;
  sold: number;
  charged: number;
  currency: string;
  items: { productId: number; faceValue: number; quantity: number; sold: number; cardIds: number[] }[];
}

/** An order with what is going to become of it. */
export function orderView(sandbox: Sandbox, order: OrderRecord): ControlOrder {
  const outcome = outcomeOf(order);
  return {
    orderId: order.orderId,
    requestId: order.requestId,
    accountId: order.accountId,
    status: statusAt(order, sandbox.clock.now()),
    final: order.settled !== null,
    createdAtMs: order.createdAtMs,
    finalAtMs: order.settled?.atMs ?? order.finalAtMs,
    wanted: outcome.wanted,
    sold: outcome.sold,
    charged: fromUnits(order.settled?.total ?? 0),
    currency: order.currency,
    items: order.items.map((item) => ({
      productId: item.productId,
      faceValue: fromUnits(item.face),
      quantity: item.quantity,
      sold: item.sold,
      cardIds: Array.from({ length: item.sold }, (_, index) => item.firstCardId + index),
    })),
  };
}

/** Counts of everything, for tests and benches. */
export function readStats(sandbox: Sandbox) {
  const { state, catalog } = sandbox.world;
  const orders = [...state.orders.values()];
  const settled = orders.flatMap((order) => order.settled ?? []);
  const byStatus = (status: string) => settled.filter((entry) => entry.status === status).length;
  return {
    nowMs: sandbox.clock.now(),
    endpoints: Object.fromEntries(sandbox.stats.endpoints),
    violations: state.violations.length,
    orders: {
      accepted: orders.length,
      open: orders.length - settled.length,
      succeeded: byStatus("Succeeded"),
      partialFailed: byStatus("PartialFailed"),
      failed: byStatus("Failed"),
    },
    duplicateRequests: sandbox.stats.duplicates,
    cardsSold: sum(settled.map((entry) => entry.sold)),
    charged: chargedByCurrency(orders),
    pushes: { ...sandbox.pushes.counts, waiting: state.pushes.size, webhookDisabled: sandbox.webhook.disabled },
    catalog: { brands: catalog.brands.length, products: catalog.productCount },
  };
}

function chargedByCurrency(orders: readonly OrderRecord[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const order of orders) totals[order.currency] = (totals[order.currency] ?? 0) + (order.settled?.total ?? 0);
  return Object.fromEntries(Object.entries(totals).map(([currency, units]) => [currency, fromUnits(units)]));
}

/** The accounts and every charge, oldest first. */
export function readLedger(sandbox: Sandbox) {
  const { state } = sandbox.world;
  return {
    accounts: [...state.accounts.values()].map((account) => ({
      ...account,
      balance: fromUnits(account.balance),
      reserved: fromUnits(account.reserved),
    })),
    charges: state.charged.flatMap((requestId) => {
      const order = state.orders.get(requestId);
      if (!order?.settled) return [];
      const { transactionId, atMs, total, balanceAfter, sold } = order.settled;
      return [
        {
          transactionId,
          requestId,
          atMs,
          accountId: order.accountId,
          amount: fromUnits(total),
          balanceAfter: fromUnits(balanceAfter),
          sold,
        },
      ];
    }),
  };
}

export type ControlStats = ReturnType<typeof readStats>;
export type ControlLedger = ReturnType<typeof readLedger>;
