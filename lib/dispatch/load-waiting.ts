import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { Queue, WaitingLine } from "./plan-dispatch";
import { HEAVY_LINES } from "./plan-pace";

/** Partners looked at; each with its share of what is loaded, so that a long upload hides nobody. */
const MAX_PARTNERS = 1_000;
const MAX_LINES = 3_000;
/** Of one partner, however many wait: enough to fill a purchase, were it alone. */
const MOST_OF_ONE = 600;
const LEAST_OF_ONE = 5;
/** Enough to see who is heavy (`HEAVY_LINES`), as long as all together stay within `MOST_TO_SEE`. */
const TO_SEE_HEAVY = HEAVY_LINES + 1;
const MOST_TO_SEE = 10_000;

export interface Waiting extends Omit<Queue, "turns"> {
  /** Cards of each product that the catalogue last knew of; null is without end. */
  stock: ReadonlyMap<number, number | null>;
}

/**
 * The head of each partner's queue in both lanes, in turn order, without lines of products that have no room now. Partners are found by
 * stepping from one to the next in the queue's index, so that ten thousand waiting lines of one cost no more than its share.
 */
export async function loadWaiting(withoutProducts: readonly number[]): Promise<Waiting> {
  const { rows } = await db().execute<Row>(sql`
    with recursive head as (
      (select lane, partner_id from order_lines where status = 'queued' and held_for is null order by lane desc, partner_id desc limit 1)
      union all
      select n.lane, n.partner_id from head h, lateral (
        select l.lane, l.partner_id from order_lines l
        where l.status = 'queued' and l.held_for is null and (l.lane, l.partner_id) < (h.lane, h.partner_id)
        order by l.lane desc, l.partner_id desc limit 1) n),
    partner as (select * from head limit ${MAX_PARTNERS}),
    partners_waiting as (select greatest(count(*), 1)::int as many from partner),
    share as (select greatest(${LEAST_OF_ONE}::int, least(${MOST_OF_ONE}::int, ${MAX_LINES}::int / many), least(${TO_SEE_HEAVY}::int, ${MOST_TO_SEE}::int / many)) as lines
      from partners_waiting)
    select w.id, w.order_id, p.partner_id, p.lane, floor(extract(epoch from w.queued_at) * 1000) as queued_at_ms, w.product_id, w.face_minor,
      w.face_currency, w.quantity, (select weight from partners where id = p.partner_id) as weight, (select stock from products where id = w.product_id) as stock
    from partner p cross join share cross join lateral (
      select * from order_lines l
      where l.status = 'queued' and l.held_for is null and l.lane = p.lane and l.partner_id = p.partner_id
        and l.product_id <> all (${sql.param([...withoutProducts])}::bigint[])
      order by l.queued_at, l.id limit share.lines) w`);
  return {
    lines: rows.map(lineOf),
    weights: new Map(rows.map(({ partner_id, weight }) => [partner_id, weight])),
    stock: new Map(rows.map(({ product_id, stock }) => [Number(product_id), stock])),
  };
}

/** Whether anything waits for its turn at all. */
export async function somethingWaits(): Promise<boolean> {
  const { rows } = await db().execute<{ waits: boolean }>(
    sql`select exists (select from order_lines where status = 'queued' and held_for is null) as waits`,
  );
  return rows[0]?.waits ?? false;
}

type Row = {
  id: string;
  order_id: string;
  partner_id: string;
  lane: "urgent" | "normal";
  queued_at_ms: string;
  product_id: string;
  face_minor: string;
  face_currency: string;
  quantity: number;
  weight: number;
  stock: number | null;
};

const lineOf = (row: Row): WaitingLine => ({
  id: row.id,
  orderId: row.order_id,
  partnerId: row.partner_id,
  lane: row.lane,
  queuedAtMs: Number(row.queued_at_ms),
  productId: Number(row.product_id),
  faceMinor: Number(row.face_minor),
  faceCurrency: row.face_currency,
  quantity: row.quantity,
});
