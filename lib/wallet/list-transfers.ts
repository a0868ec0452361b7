import { desc, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { ledgerAccounts, orderLines, orders, partners, transfers } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { orderNumber } from "@/lib/ids";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import type { Transfer, TransfersPage, transfersQuery } from "./ledger.schemas";

const debit = alias(ledgerAccounts, "debit");
const credit = alias(ledgerAccounts, "credit");
const debitPartner = alias(partners, "debit_partner");
const creditPartner = alias(partners, "credit_partner");

/** Every movement, newest first, by keyset; of one partner, of one kind, or both. */
export async function listTransfers(ctx: Ctx, query: z.infer<typeof transfersQuery>): Promise<TransfersPage> {
  requireStaffActor(ctx, "ledger.read");
  const rows = await selectTransfers()
    .where(sql`${transfers.id} in (${pageOfIds(query)})`)
    .orderBy(desc(transfers.createdAt), desc(transfers.id));
  const items = rows.slice(0, query.limit);
  const last = items.at(-1)?.row;
  const nextCursor = rows.length > query.limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null;
  return { items: items.map(toTransfer), nextCursor };
}

/** The ids are found first, by one walk of an index, so that names are joined for one page only. */
function pageOfIds({ partnerId, kind, cursor, limit }: z.infer<typeof transfersQuery>): SQL {
  const conditions = [kind && sql`t.kind = ${kind}`, before(cursor)].filter((condition) => condition !== undefined);
  const walk = (...extra: SQL[]) => {
    const all = [...extra, ...conditions];
    const where = all.length > 0 ? sql`where ${sql.join(all, sql` and `)}` : sql``;
    return sql`(select t.id, t.created_at from transfers t ${where} order by t.created_at desc, t.id desc limit ${limit + 1})`;
  };
  if (!partnerId) return sql`select page.id from ${walk()} page`;
  // Each account of the partner is walked by itself, on either side; a movement within a wallet is met twice.
  return sql`
    select page.id from ledger_accounts a
    cross join lateral (${walk(sql`t.debit_account_id = a.id`)} union all ${walk(sql`t.credit_account_id = a.id`)}) page
    where a.partner_id = ${partnerId}::uuid
    group by page.id, page.created_at order by page.created_at desc, page.id desc limit ${limit + 1}`;
}

function before(cursor: string | undefined): SQL | undefined {
  if (!cursor) return undefined;
  const [createdAt, id] = decodeCursor(cursor, ["time", "uuid"]);
  return sql`(t.created_at, t.id) < (${createdAt}::timestamptz, ${id}::uuid)`;
}

function selectTransfers() {
  return db()
    .select({
      row: transfers,
      debitKind: debit.kind,
      creditKind: credit.kind,
      debitPartner: { id: debitPartner.id, name: debitPartner.name },
      creditPartner: { id: creditPartner.id, name: creditPartner.name },
      order: { id: orders.id, sequence: orders.sequence },
    })
    .from(transfers)
    .innerJoin(debit, eq(debit.id, transfers.debitAccountId))
    .innerJoin(credit, eq(credit.id, transfers.creditAccountId))
    .leftJoin(debitPartner, eq(debitPartner.id, debit.partnerId))
    .leftJoin(creditPartner, eq(creditPartner.id, credit.partnerId))
    .leftJoin(orderLines, eq(orderLines.id, transfers.orderLineId))
    .leftJoin(orders, eq(orders.id, orderLines.orderId));
}

function toTransfer(found: Awaited<ReturnType<typeof selectTransfers>>[number]): Transfer {
  const { row, order } = found;
  return {
    id: row.id,
    at: row.createdAt.toISOString(),
    kind: row.kind,
    amount: { amountMinor: row.amountMinor, currency: row.currency },
    from: { accountId: row.debitAccountId, kind: found.debitKind, partner: found.debitPartner },
    to: { accountId: row.creditAccountId, kind: found.creditKind, partner: found.creditPartner },
    order: order && { id: order.id, number: orderNumber(order.sequence) },
    dispatchId: row.dispatchId,
    adjustmentId: row.adjustmentId,
    reference: row.reference,
    memo: row.memo,
  };
}
