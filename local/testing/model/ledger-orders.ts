import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { newId } from "@/lib/ids";
import { postTransfers } from "@/lib/wallet";
import { type Two, wallet } from "./ledger-model";
import type { LedgerWorld } from "./ledger-world";

interface NewOrder {
  who: Two;
  money: Two;
  /** One line each, of so many cards at one minor unit. */
  cards: readonly number[];
  bought: boolean;
  /** Held beyond the price of the first line. */
  more: number;
}

/** An order in flight with its hold and, where it was bought, its purchase: all in one transaction, as accepting and claiming leave it. */
export async function placeReal(world: LedgerWorld, order: NewOrder): Promise<Pick<LedgerWorld, "lines" | "dispatchIds">> {
  const orderId = newId();
  const dispatchId = order.bought ? newId() : null;
  const lines = order.cards.map((cards, position) => ({
    cards,
    position,
    orderLineId: newId(),
    dispatchLineId: order.bought ? newId() : null,
  }));
  await db().transaction(async (tx) => {
    await writeOrder(tx, world, order, { orderId, dispatchId, lines });
    const id = (kind: "available" | "held") => world.accountIds.get(wallet(kind, order.who, order.money)) ?? 0;
    await postTransfers(
      tx,
      lines.map(({ cards, position, orderLineId }) => ({
        kind: "hold",
        debitAccountId: id("available"),
        creditAccountId: id("held"),
        amountMinor: cards + (position === 0 ? order.more : 0),
        currency: world.currencies[order.money],
        orderLineId,
      })),
    );
  });
  return {
    lines: lines.map(({ orderLineId, dispatchLineId }) => ({ orderId, orderLineId, dispatchLineId })),
    dispatchIds: dispatchId ? [dispatchId] : [],
  };
}

interface Written {
  orderId: string;
  dispatchId: string | null;
  lines: { cards: number; position: number; orderLineId: string; dispatchLineId: string | null }[];
}

/** In one statement. The purchase is written as over, so that nobody who looks for purchases to follow up finds it. */
async function writeOrder(
  tx: Transaction,
  world: LedgerWorld,
  { who, money }: NewOrder,
  { orderId, dispatchId, lines }: Written,
) {
  const total = lines.reduce((sum, { cards }) => sum + cards, 0);
  const told = JSON.stringify(lines.map((line) => ({ ...line, allocationId: newId() })));
  await tx.execute(sql`with told as materialized (
      select * from jsonb_to_recordset(${told}::jsonb) as l("cards" int, "position" int, "orderLineId" uuid, "dispatchLineId" uuid, "allocationId" uuid)),
    ordered as (insert into orders (id, partner_id, status, currency, total_minor, cards, placed_by, claimed_at)
      values (${orderId}, ${world.partnerIds[who]}, 'processing', ${world.currencies[money]}, ${total}, ${total}, ${world.adminId}, now())),
    lines as (insert into order_lines (id, order_id, partner_id, position, product_id, product_name, brand_name, face_minor, face_currency, quantity, unit_price_minor, status)
      select "orderLineId", ${orderId}::uuid, ${world.partnerIds[who]}::uuid, "position", "position" + 1, 'Model', 'Model', 1, 'USD', "cards", 1, 'processing' from told),
    bought as (insert into dispatches (id, account_id, status, body, cards, settled_at)
      select ${dispatchId}::uuid, 1, 'settled', '{}', ${total}::int, now() where ${dispatchId}::uuid is not null),
    shares as (insert into dispatch_lines (id, dispatch_id, product_id, face_minor, face_currency, quantity)
      select "dispatchLineId", ${dispatchId}::uuid, "position" + 1, 1, 'USD', "cards" from told where ${dispatchId}::uuid is not null)
    insert into allocations (id, dispatch_line_id, order_line_id, position, quantity)
      select "allocationId", "dispatchLineId", "orderLineId", 0, "cards" from told where ${dispatchId}::uuid is not null`);
}

/** Ends the orders of a world by what became of their lines, so that the books of a whole run add up. */
export async function endOrders({ lines }: LedgerWorld): Promise<void> {
  const ids = [...new Set(lines.map(({ orderId }) => orderId))];
  if (ids.length === 0) return;
  const mine = sql`any(array[${sql.join(ids, sql`, `)}]::uuid[])`;
  await db().execute(sql`update order_lines set status = case when delivered = quantity then 'completed' when delivered = 0 then 'failed' else 'partially_completed' end
    where order_id = ${mine} and delivered + returned_minor = quantity`);
  await db().execute(sql`update orders o set settled_at = now(), status = (
      select case when bool_and(l.status = 'completed') then 'completed' when bool_and(l.delivered = 0) then 'failed' else 'partially_completed' end from order_lines l where l.order_id = o.id)
    where id = ${mine} and not exists (select from order_lines l where l.order_id = o.id and l.status = 'processing')`);
}
