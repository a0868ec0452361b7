import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";

export interface WaitingOrders {
  orders: number;
  oldestAt: Date | null;
  newestAt: Date | null;
}

/** Orders in the queue. After a restore: as the copy has them, those that their partners cancelled later included. */
export async function readWaitingOrders(): Promise<WaitingOrders> {
  const { rows } = await db().execute<{ orders: number; oldest: string | Date | null; newest: string | Date | null }>(
    sql`select count(*)::int as orders, min(created_at) as oldest, max(created_at) as newest from orders where status = 'queued'`,
  );
  const [row] = rows;
  const time = (at: string | Date | null | undefined) => (at ? new Date(at) : null);
  return { orders: row?.orders ?? 0, oldestAt: time(row?.oldest), newestAt: time(row?.newest) };
}
