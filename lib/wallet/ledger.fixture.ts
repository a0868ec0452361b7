import { type SQL, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { allocations, dispatches, dispatchLines, orderLines, orders, users } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { newId } from "@/lib/ids";

/** What the ledger's tests make by hand, row by row, under the application's own role: no verb stands between an attack and the database. */

/** How PostgreSQL refused, or null where it did as it was told. Anything that is no refusal of PostgreSQL is thrown on. */
export async function refusalOf(query: SQL): Promise<{ state: string; constraint: string | undefined } | null> {
  try {
    await db().execute(query);
    return null;
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.cause : undefined;
    if (!(cause instanceof Error) || !("severity" in cause) || !("code" in cause)) throw thrown;
    const constraint = "constraint" in cause && typeof cause.constraint === "string" ? cause.constraint : undefined;
    return { state: String(cause.code), constraint };
  }
}

export const CHECK_VIOLATION = "23514";
export const UNIQUE_VIOLATION = "23505";
export const NO_RIGHT = "42501";
export const RESTRICT_VIOLATION = "23001";

export interface RawTransfer {
  kind: string;
  from: number;
  to: number;
  amountMinor: number;
  currency?: string;
  orderLineId?: string | null;
  dispatchLineId?: string | null;
  adjustmentId?: string | null;
  reference?: string | null;
}

export function transferRows(rows: readonly RawTransfer[]): SQL {
  const values = rows.map(
    ({ kind, from, to, amountMinor, currency = "USD", orderLineId, dispatchLineId, adjustmentId, reference }) =>
      sql`(${newId()}::uuid, ${kind}, ${from}::bigint, ${to}::bigint, ${amountMinor}::bigint, ${currency}, ${orderLineId ?? null}::uuid, ${dispatchLineId ?? null}::uuid, ${adjustmentId ?? null}::uuid, ${reference ?? null})`,
  );
  return sql`insert into transfers (id, kind, debit_account_id, credit_account_id, amount_minor, currency, order_line_id, dispatch_line_id, adjustment_id, reference) values ${sql.join(values, sql`, `)}`;
}

/** An order of one line that nothing is held for yet. */
export async function makeLine(
  ctx: Ctx,
  { quantity = 10, unitPriceMinor = 100, currency = "USD" } = {},
): Promise<{ orderId: string; lineId: string }> {
  if (ctx.actor.kind !== "member") throw new Error("Only a partner's member has orders");
  const { partnerId, userId } = ctx.actor;
  const [orderId, lineId] = [newId(), newId()];
  const totalMinor = quantity * unitPriceMinor;
  await db().insert(orders).values({ id: orderId, partnerId, currency, totalMinor, cards: quantity, placedBy: userId });
  const names = { productId: 1, productName: "Card", brandName: "Brand", faceMinor: 100, faceCurrency: "USD" };
  await db()
    .insert(orderLines)
    .values({ id: lineId, orderId, partnerId, position: 0, ...names, quantity, unitPriceMinor });
  return { orderId, lineId };
}

/** A purchase of some cards for an order line; answers its dispatch line. */
export async function makeAllocation(
  lineId: string,
  quantity: number,
  // Settled, so that no other suite's sweep takes it up.
  status: "prepared" | "settled" | "rejected" = "settled",
): Promise<string> {
  const [dispatchId, dispatchLineId] = [newId(), newId()];
  const settledAt = status === "prepared" ? null : new Date();
  // An open one is looked at in a year.
  const nextCheckAt = new Date(Date.now() + 365 * 86_400_000);
  await db()
    .insert(dispatches)
    .values({ id: dispatchId, accountId: 1, body: "{}", cards: quantity, status, settledAt, nextCheckAt });
  await db()
    .insert(dispatchLines)
    .values({ id: dispatchLineId, dispatchId, productId: 1, faceMinor: 100, faceCurrency: "USD", quantity });
  await db().insert(allocations).values({ id: newId(), dispatchLineId, orderLineId: lineId, position: 0, quantity });
  return dispatchLineId;
}

export async function makeStaff(role: "admin" | "support" = "admin"): Promise<{ ctx: Ctx; userId: string }> {
  const userId = newId();
  await db()
    .insert(users)
    .values({ id: userId, name: `Staff ${userId.slice(-4)}`, email: `${userId}@staff.test.example`, staffRole: role });
  return {
    userId,
    ctx: { actor: { kind: "staff", userId, role }, requestId: newId(), from: { ipAddress: null, userAgent: null } },
  };
}
