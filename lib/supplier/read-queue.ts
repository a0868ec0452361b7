import { sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import type { SupplierQueue } from "./schemas";

/** More than a day's work of the supplier; a longer queue is counted so far and said to be longer. */
const MAX_COUNTED = 50_000;
const MAX_PARTNERS = 20;

interface Figures extends Record<string, unknown> {
  lane: "urgent" | "normal" | null;
  id: string | null;
  name: string | null;
  weight: number | null;
  lines: number;
  orders: number;
  cards: number;
  oldest_at: Date | string;
}

/** What waits, by lane and by partner. Lines held back for a forgotten purchase wait for something else and are not counted. */
export async function readQueue(executor: Executor): Promise<SupplierQueue> {
  const { rows } = await executor.execute<Figures>(sql`
    with waiting as (
      select lane, partner_id, order_id, quantity, queued_at from order_lines where status = 'queued' and held_for is null limit ${MAX_COUNTED}),
    sums as (
      select lane, partner_id, count(*)::int as lines, count(distinct order_id)::int as orders, sum(quantity)::int as cards, min(queued_at) as oldest_at
      from waiting group by grouping sets ((lane), (partner_id)))
    select s.lane, p.id, p.name, p.weight, s.lines, s.orders, s.cards, s.oldest_at
    from sums s left join partners p on p.id = s.partner_id order by s.cards desc, p.name`);
  const lanes = rows.flatMap((row) => (row.lane === null ? [] : [{ lane: row.lane, ...figuresOf(row) }]));
  const partners = rows.flatMap(({ id, name, weight, ...row }) =>
    id === null || name === null || weight === null ? [] : [{ id, name, weight, ...figuresOf(row) }],
  );
  return {
    lanes,
    partners: partners.slice(0, MAX_PARTNERS),
    partnerCount: partners.length,
    cut: lanes.reduce((sum, { lines }) => sum + lines, 0) >= MAX_COUNTED,
  };
}

const figuresOf = ({ lines, orders, cards, oldest_at }: Pick<Figures, "lines" | "orders" | "cards" | "oldest_at">) => ({
  lines,
  orders,
  cards,
  oldestAt: new Date(oldest_at).toISOString(),
});
