import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/drizzle/client";
import { dispatchName, type ModelOrder, moneyOfLine, type OrdersModel, walletOf } from "./orders-model";

/** All that is compared, from the model and from the database. Lines are in order, alerts sorted by name. */
export interface OrdersView {
  wallet: { available: number; held: number };
  orders: Record<string, { status: string; events: string[]; lines: LineView[] }>;
  dispatches: Record<
    string,
    { status: string; attempts: (string | null)[]; inDoubt: boolean; alerts: string[]; costMinor: number }
  >;
}

interface LineView {
  status: string;
  delivered: number;
  cards: number;
  heldMinor: number;
  capturedMinor: number;
  releasedMinor: number;
  /** What the line itself says was given back. */
  returnedMinor: number;
  captures: number;
  releases: number;
}

/** Events in their order, or sorted where several transactions at once may have begun in another order than they ended. */
export function viewOfModel(model: OrdersModel, inOrder: boolean): OrdersView {
  const eventsOf = ({ events }: ModelOrder) => (inOrder ? events : [...events].sort());
  return {
    wallet: walletOf(model),
    orders: mapValues(model.orders, (order) => ({
      status: order.status,
      events: eventsOf(order),
      lines: order.lines.map((line) => {
        const { heldMinor, capturedMinor, returnedMinor } = moneyOfLine(line);
        return {
          status: line.status,
          delivered: line.delivered,
          cards: line.delivered,
          heldMinor,
          capturedMinor,
          releasedMinor: returnedMinor,
          returnedMinor,
          captures: capturedMinor > 0 ? 1 : 0,
          releases: returnedMinor > 0 ? 1 : 0,
        };
      }),
    })),
    dispatches: mapValues(model.dispatches, ({ status, attempts, inDoubt, alerts, costMinor }) => ({
      status,
      attempts: attempts.map(({ told }) => told?.kind ?? null),
      inDoubt,
      alerts: [...alerts].sort(),
      costMinor,
    })),
  };
}

const mapValues = <A, B>(record: Record<string, A>, of: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));

const rowSchema = z.object({
  wallet: z.object({ available: z.number(), held: z.number() }),
  orders: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      events: z.array(z.string()),
      lines: z.array(
        z.object({
          id: z.string(),
          status: z.string(),
          delivered: z.number(),
          cards: z.number(),
          heldMinor: z.number(),
          capturedMinor: z.number(),
          releasedMinor: z.number(),
          returnedMinor: z.number(),
          captures: z.number(),
          releases: z.number(),
        }),
      ),
    }),
  ),
  dispatches: z.array(
    z.object({
      status: z.string(),
      attempts: z.array(z.string().nullable()),
      inDoubt: z.boolean(),
      alerts: z.array(z.string()),
      costMinor: z.number(),
      lineIds: z.array(z.string()),
    }),
  ),
});

/** The same of a partner's rows, in one snapshot. `keyOf` names an order by its id. */
export async function readView(partnerId: string, keyOf: ReadonlyMap<string, string>, inOrder: boolean): Promise<OrdersView> {
  const { rows } = await db().execute<{ view: unknown }>(sql`select jsonb_build_object('wallet', (
      select jsonb_object_agg(kind, balance_minor) from ledger_accounts where partner_id = ${partnerId}),
    'orders', (${ordersOf(partnerId)}), 'dispatches', (${dispatchesOf(partnerId)})) as view`);
  const { wallet, orders, dispatches } = rowSchema.parse(rows[0]?.view);
  const shares = new Map(
    orders.flatMap(({ id, lines }) => lines.map((line, at) => [line.id, { order: keyOf.get(id) ?? id, line: at }] as const)),
  );
  return {
    wallet,
    orders: Object.fromEntries(
      orders.map(({ id, status, events, lines }) => [
        keyOf.get(id) ?? id,
        { status, events: inOrder ? events : events.sort(), lines: lines.map(({ id: _, ...line }) => line) },
      ]),
    ),
    dispatches: Object.fromEntries(
      dispatches.map(({ lineIds, alerts, ...dispatch }) => [
        dispatchName(lineIds.flatMap((id) => shares.get(id) ?? [])),
        { ...dispatch, alerts: [...alerts].sort() },
      ]),
    ),
  };
}

const ordersOf = (partnerId: string) => sql`
  select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'status', o.status,
    'events', (select jsonb_agg(e.kind order by e.created_at, e.id) from order_events e where e.order_id = o.id),
    'lines', (select jsonb_agg(jsonb_build_object('id', l.id, 'status', l.status, 'delivered', l.delivered, 'returnedMinor', l.returned_minor,
        'cards', (select count(*) from cards c where c.order_id = o.id and c.order_line_id = l.id),
        'heldMinor', (select coalesce(sum(h.amount_minor), 0) from transfers h where h.order_line_id = l.id and h.kind = 'hold'),
        'capturedMinor', s.captured, 'releasedMinor', s.released, 'captures', s.captures, 'releases', s.releases) order by l.position)
      from order_lines l cross join lateral (
        select coalesce(sum(t.amount_minor) filter (where t.kind = 'capture'), 0) as captured, count(*) filter (where t.kind = 'capture') as captures,
          coalesce(sum(t.amount_minor) filter (where t.kind = 'release'), 0) as released, count(*) filter (where t.kind = 'release') as releases
        from transfers t where t.order_line_id = l.id and t.kind in ('capture', 'release', 'refund')) s
      where l.order_id = o.id))), '[]')
  from orders o where o.partner_id = ${partnerId}`;

const dispatchesOf = (partnerId: string) => sql`
  select coalesce(jsonb_agg(jsonb_build_object('status', d.status, 'inDoubt', d.in_doubt_since is not null, 'lineIds', d.line_ids,
    'attempts', (select coalesce(jsonb_agg(a.outcome order by a.number), '[]') from attempts a where a.dispatch_id = d.id),
    'alerts', (select coalesce(jsonb_agg(w.kind order by w.kind), '[]') from alerts w where w.resolved_at is null and w.subject = 'dispatch:' || d.id
      and w.kind in ('cards.duplicate', 'cards.unordered', 'dispatch.answer_contradicts', 'dispatch.placed_after_rejection')),
    'costMinor', (select coalesce(sum(t.amount_minor), 0) from transfers t where t.dispatch_id = d.id and t.kind = 'supplier_cost'))), '[]')
  from (select d.id, d.status, d.in_doubt_since, jsonb_agg(l.id) as line_ids
    from orders o join order_lines l on l.order_id = o.id join allocations a on a.order_line_id = l.id
      join dispatch_lines dl on dl.id = a.dispatch_line_id join dispatches d on d.id = dl.dispatch_id
    where o.partner_id = ${partnerId} group by d.id) d`;
