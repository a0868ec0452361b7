import { and, desc, eq, ilike, or, sql } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { orders, users } from "@/drizzle/schema";
import { type Ctx, requireMember } from "@/lib/auth";
import { containing } from "@/lib/like";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import type { OrdersPage, ordersQuery } from "./schemas";
import { summaryColumns, toSummary } from "./summary";

/** The partner's orders, newest first, by keyset. */
export async function listOrders(ctx: Ctx, query: z.infer<typeof ordersQuery>): Promise<OrdersPage> {
  const { partnerId } = requireMember(ctx, "orders.read");
  const rows = await db()
    .select(summaryColumns)
    .from(orders)
    .innerJoin(users, eq(users.id, orders.placedBy))
    .where(
      and(
        eq(orders.partnerId, partnerId),
        query.status && eq(orders.status, query.status),
        matches(query.search),
        before(query.cursor),
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > query.limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null;
  return { items: items.map(toSummary), nextCursor };
}

function before(cursor: string | undefined) {
  if (!cursor) return undefined;
  const [createdAt, id] = decodeCursor(cursor, ["time", "uuid"]);
  return sql`(${orders.createdAt}, ${orders.id}) < (${createdAt}::timestamptz, ${id}::uuid)`;
}

/** By number (ST-000123 or 123), or part of the reference or of a product's name. */
function matches(search: string | undefined) {
  if (!search) return undefined;
  const number = /^(?:st-?)?0*(\d{1,9})$/i.exec(search)?.[1];
  const pattern = containing(search);
  return or(
    number === undefined ? undefined : eq(orders.sequence, Number(number)),
    ilike(orders.reference, pattern),
    sql`exists (select from order_lines l where l.order_id = ${orders.id} and (l.product_name ilike ${pattern} or l.brand_name ilike ${pattern}))`,
  );
}
