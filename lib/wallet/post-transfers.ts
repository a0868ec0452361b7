import type { Executor } from "@/drizzle/client";
import { transfers } from "@/drizzle/schema";
import { newId } from "@/lib/ids";
import { insufficientFunds } from "./insufficient-funds";

export type NewTransfer = Omit<typeof transfers.$inferInsert, "id" | "createdAt">;

/**
 * Posts movements in one statement; the database moves the balances and refuses what may not be. Movements of nothing are left out.
 * Throws `insufficient_funds` when a wallet does not cover them.
 */
export async function postTransfers(executor: Executor, movements: readonly NewTransfer[]): Promise<void> {
  const rows = movements.filter(({ amountMinor }) => amountMinor > 0).map((movement) => ({ ...movement, id: newId() }));
  if (rows.length === 0) return;
  try {
    await executor.insert(transfers).values(rows);
  } catch (cause) {
    throw insufficientFunds(cause) ?? cause;
  }
}
