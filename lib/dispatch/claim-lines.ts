import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { addToTimeline } from "@/lib/orders";
import { enqueue } from "@/lib/outbox";
import type { WaitingLine } from "./plan-dispatch";
import { writeDispatches } from "./write-dispatch";

/**
 * Takes waiting lines out of the queue and writes the dispatch that will buy them, in the order given: a shortage falls on the last. Lines
 * that somebody else took, or whose order was cancelled or is being changed just now, are left out. Null when none was left. Where the
 * supplier's report names parts of it, there are several dispatches; all but the first are followed by themselves.
 */
export async function claimLines(lines: readonly WaitingLine[]): Promise<string | null> {
  return db().transaction(async (tx) => {
    const { begun, taken } = await take(tx, lines);
    if (taken.size === 0) return null;
    // A line named twice is bought once.
    const shares = lines.filter(({ id }) => taken.delete(id)).map(({ id, ...line }) => ({ ...line, orderLineId: id }));
    const [dispatchId = null, ...others] = await writeDispatches(tx, shares);
    await enqueue(
      tx,
      others.map((id) => ({ name: "dispatches/stalled", data: { dispatchId: id } })),
    );
    await addToTimeline(tx, begun, { kind: "claimed", title: "Purchase prepared" });
    return dispatchId;
  });
}

/**
 * Orders are locked in the order of their ids, as whoever else locks several does; one that is locked by another, such as a cancellation,
 * is passed over. `begun` are those of which this is the first line.
 */
async function take(tx: Transaction, lines: readonly WaitingLine[]): Promise<{ begun: string[]; taken: Set<string> }> {
  const orderIds = [...new Set(lines.map(({ orderId }) => orderId))];
  const { rows } = await tx.execute<{ order_id: string; line_id: string | null; begun: boolean }>(sql`
    with free as (
      select id, status from orders where id = any (${sql.param(orderIds)}::uuid[]) and status in ('queued', 'processing', 'confirming')
      order by id for no key update skip locked),
    taken as (
      update order_lines l set status = 'processing' from free
      where l.order_id = free.id and l.status = 'queued' and l.held_for is null and l.id = any (${sql.param(lines.map(({ id }) => id))}::uuid[])
      returning l.id, l.order_id),
    begun as (
      update orders o set status = 'processing', claimed_at = now()
      where o.status = 'queued' and o.id in (select order_id from taken) returning o.id)
    select t.order_id, t.id as line_id, b.id is not null as begun from taken t left join begun b on b.id = t.order_id`);
  return {
    begun: [...new Set(rows.filter(({ begun }) => begun).map(({ order_id }) => order_id))],
    taken: new Set(rows.flatMap(({ line_id }) => line_id ?? [])),
  };
}
