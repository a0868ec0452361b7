import { desc, eq, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { orders, partners } from "@/drizzle/schema";
import { REFRESHES_PER_HOUR } from "@/lib/catalog";
import { orderNumber } from "@/lib/ids";
import { type Metrics, metricsSchema } from "./schemas";

const RECENT_ORDERS = 12;
const MAX_IN_DOUBT = 20;

/** Captured since the beginning and held now, per currency. */
export async function readMoney(): Promise<Metrics["money"]> {
  const { rows } = await db().execute<{ currency: string; captured: number; held: number }>(sql`
    select currency, coalesce(sum(balance_minor) filter (where kind = 'sales'), 0)::bigint as captured, coalesce(sum(balance_minor) filter (where kind = 'held'), 0)::bigint as held
    from ledger_accounts where kind in ('sales', 'held') group by currency order by currency`);
  return rows.map(({ currency, captured, held }) => ({
    captured: { amountMinor: Number(captured), currency },
    held: { amountMinor: Number(held), currency },
  }));
}

export async function readCatalogue(): Promise<Metrics["catalogue"]> {
  const { rows } = await db().execute<{
    products: number;
    at: Date | string | null;
    status: string | null;
    next: Date | string | null;
  }>(sql`
    select
      (select count(*)::int from products where withdrawn_at is null) as products,
      (select finished_at from catalog_refreshes where status = 'completed' order by started_at desc limit 1) as at,
      (select status from catalog_refreshes order by started_at desc limit 1) as status,
      (select started_at + interval '1 hour' from catalog_refreshes where started_at > now() - interval '1 hour' order by started_at desc offset ${REFRESHES_PER_HOUR - 1} limit 1) as next`);
  const row = rows[0];
  const iso = (time: Date | string | null | undefined) => (time ? new Date(time).toISOString() : null);
  return {
    products: row?.products ?? 0,
    lastRefreshAt: iso(row?.at),
    lastRefreshStatus: row?.status ?? null,
    nextRefreshAllowedAt: iso(row?.next),
  };
}

export async function readRecentOrders(): Promise<Metrics["recentOrders"]> {
  const rows = await db()
    .select({ order: orders, partner: partners.name })
    .from(orders)
    .innerJoin(partners, eq(partners.id, orders.partnerId))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(RECENT_ORDERS);
  return rows.map(({ order, partner }) => ({
    id: order.id,
    number: orderNumber(order.sequence),
    partner,
    status: order.status,
    cards: order.cards,
    total: { amountMinor: order.totalMinor, currency: order.currency },
    createdAt: order.createdAt.toISOString(),
    settledAt: order.settledAt?.toISOString() ?? null,
  }));
}

/** Dispatches whose outcome is unclear, longest first. */
export async function readInDoubt(): Promise<Metrics["inDoubt"]> {
  const { rows } = await db().execute<Record<string, unknown>>(sql`
    select d.id as "dispatchId", extract(epoch from now() - d.in_doubt_since)::float as "sinceSeconds", (select count(*)::int from attempts a where a.dispatch_id = d.id) as "attempts"
    from dispatches d where d.in_doubt_since is not null and d.status in ('prepared', 'placed')
    order by d.in_doubt_since limit ${MAX_IN_DOUBT}`);
  return metricsSchema.shape.inDoubt.parse(rows);
}
