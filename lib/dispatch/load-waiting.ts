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
/** Lines of a heavy partner that may go only beside somebody else's of their product. */
const RIDERS_OF_ONE = 100;
/**
 * A dispatch that is not sent yet, being a half or put off, needs a place of each of its products at one moment; for so long nobody new
 * takes those places.
 */
const UNSENT_SECONDS = 300;

export interface Waiting extends Omit<Queue, "turns"> {
  /** Cards of each product that the catalogue last knew of; null is without end. */
  stock: ReadonlyMap<number, number | null>;
}

/** Products that nobody may order now, and those that a heavy partner may not open. */
export interface WithoutRoom {
  light: readonly number[];
  heavy: readonly number[];
}

/**
 * The head of each partner's queue in both lanes, in turn order, without lines of products that have no room for it now: they would hide
 * what can go. Partners are found by stepping from one to the next in the queue's index.
 */
export async function loadWaiting(without: WithoutRoom): Promise<Waiting> {
  const columns = sql`l.id, l.order_id, l.queued_at, l.product_id, l.face_minor, l.face_currency, l.quantity`;
  const theirs = sql`l.status = 'queued' and l.held_for is null and l.lane = p.lane and l.partner_id = p.partner_id`;
  const { rows } = await db().execute<Row>(sql`
    with recursive head as (
      (select lane, partner_id from order_lines where status = 'queued' and held_for is null order by lane desc, partner_id desc limit 1)
      union all
      select n.lane, n.partner_id from head h, lateral (
        select l.lane, l.partner_id from order_lines l
        where l.status = 'queued' and l.held_for is null and (l.lane, l.partner_id) < (h.lane, h.partner_id)
        order by l.lane desc, l.partner_id desc limit 1) n),
    unsent as (
      select array_agg(distinct dl.product_id) as product_ids from dispatches d join dispatch_lines dl on dl.dispatch_id = d.id
      where d.status = 'prepared' and d.created_at between now() - make_interval(secs => ${UNSENT_SECONDS}) and now() - interval '1 second'
        and not exists (select from attempts a where a.dispatch_id = d.id and a.outcome is distinct from 'throttled')),
    partner as materialized (
      select h.*, (select count(*) from (select from order_lines l where l.status = 'queued' and l.held_for is null
        and l.lane = h.lane and l.partner_id = h.partner_id order by l.queued_at, l.id limit ${HEAVY_LINES + 1}) counted) > ${HEAVY_LINES} as heavy
      from head h limit ${MAX_PARTNERS}),
    share as (select greatest(${LEAST_OF_ONE}::int, least(${MOST_OF_ONE}::int, ${MAX_LINES}::int / greatest(count(*), 1)::int)) as lines from partner)
    select w.id, w.order_id, p.partner_id, p.lane, p.heavy, floor(extract(epoch from w.queued_at) * 1000) as queued_at_ms, w.product_id, w.face_minor,
      w.face_currency, w.quantity, (select weight from partners where id = p.partner_id) as weight, (select stock from products where id = w.product_id) as stock
    from partner p cross join share cross join unsent cross join lateral (
      (select ${columns} from order_lines l where ${theirs}
        and l.product_id <> all (case when p.heavy then ${list(without.heavy)} else ${list(without.light)} end) and l.product_id <> all (coalesce(unsent.product_ids, '{}'))
        order by l.queued_at, l.id limit share.lines)
      union all
      (select ${columns} from order_lines l where p.heavy and ${theirs}
        and l.product_id = any (${list(without.heavy.filter((id) => !without.light.includes(id)))}) and l.product_id <> all (coalesce(unsent.product_ids, '{}'))
        order by l.queued_at, l.id limit ${RIDERS_OF_ONE})) w`);
  return {
    lines: rows.map(lineOf),
    weights: new Map(rows.map(({ partner_id, weight }) => [partner_id, weight])),
    heavy: new Set(rows.filter(({ heavy }) => heavy).map(({ partner_id }) => partner_id)),
    stock: new Map(rows.map(({ product_id, stock }) => [Number(product_id), stock])),
  };
}

const list = (productIds: readonly number[]) => sql`${sql.param([...productIds])}::bigint[]`;

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
  heavy: boolean;
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
