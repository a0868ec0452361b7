import { sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { AppError } from "@/lib/errors";

/**
 * Of two admins who change rules of a partner at once, the second sees what the first wrote. Called before any rule is touched: a changed
 * rule moves its partner's version, and so locks the partner as well.
 */
export async function lockPartner(tx: Transaction, partnerId: string): Promise<void> {
  const { rows } = await tx.execute(sql`select id from partners where id = ${partnerId} for no key update`);
  if (rows.length === 0)
    throw new AppError("invalid_input", "There is no such partner. Choose one from the list.", {
      fields: [{ path: "partnerId", message: "no such partner" }],
    });
}
