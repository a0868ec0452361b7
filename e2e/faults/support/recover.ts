import type { OrderState } from "@/lib/orders/states.shared";
import type { Lane } from "./lane";

/** Longer than an attempt counts as under way, and than a dispatch waits for its first check. */
const AFTER_A_CRASH_MS = 120_000;
/** More than a quarter of an hour, after which a purchase in doubt is handed to people. */
const MAX_SWEEPS = 14;

interface Open {
  orders: number;
  unsent: number;
  dispatches: { id: string; escalated: boolean; attempts: string[]; orders: OrderState[] }[];
}

/**
 * Has the sweep of another instance, and nothing else, end what the dead process left open. A purchase whose first request may yet arrive
 * and whose repeat was refused has no end of its own (design: "The purchase protocol", 5): people have it by then, and here the request
 * arrives after all. Answers what a partner or our people should not have seen on the way.
 */
export async function recover(lane: Lane): Promise<string[]> {
  const complaints: string[] = [];
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    const open = await readOpen(lane);
    if (open.orders === 0 && open.unsent === 0 && open.dispatches.length === 0) return complaints;
    if (open.dispatches.length > 0 && open.dispatches.every(({ escalated }) => escalated))
      complaints.push(...(await arrive(lane, open)));
    await lane.pass(AFTER_A_CRASH_MS);
    await lane.survivor.must<"sweep">({ kind: "sweep" });
  }
  throw new Error(`Something is open after ${MAX_SWEEPS} sweeps: ${JSON.stringify(await readOpen(lane))}`);
}

async function arrive(lane: Lane, { dispatches }: Open): Promise<string[]> {
  const bought = new Set((await lane.sandbox.orders()).map(({ requestId }) => requestId.toLowerCase()));
  await lane.refuse(null);
  const complaints: string[] = [];
  for (const { id, attempts, orders } of dispatches) {
    if (bought.has(id)) complaints.push(`Dispatch ${id} was bought, and yet nobody noticed for a quarter of an hour`);
    if (attempts.length < 2 || attempts.at(-1) !== "rejected")
      complaints.push(`Dispatch ${id} was handed to people after its attempts ended ${attempts.join(", ")}`);
    if (orders.some((status) => status !== "confirming"))
      complaints.push(`Dispatch ${id} is in doubt, and its partner reads ${orders.join(", ")} instead of confirming`);
    await lane.arriveLate(id);
  }
  return complaints;
}

async function readOpen({ database }: Lane): Promise<Open> {
  const { rows } = await database.query<Open>(`
    select
      (select count(*)::int from orders where status in ('queued', 'processing', 'confirming')) as orders,
      (select count(*)::int from outbox where sent_at is null) as unsent,
      (select coalesce(json_agg(json_build_object(
        'id', d.id, 'escalated', d.escalated_at is not null,
        'attempts', (select coalesce(json_agg(coalesce(outcome, 'unknown') order by number), '[]') from attempts where dispatch_id = d.id),
        'orders', (select coalesce(json_agg(o.status), '[]') from orders o where o.id in (
          select l.order_id from order_lines l join allocations a on a.order_line_id = l.id
          join dispatch_lines x on x.id = a.dispatch_line_id where x.dispatch_id = d.id)))), '[]')
        from dispatches d where d.status in ('prepared', 'placed')) as dispatches`);
  const [open] = rows;
  if (!open) throw new Error("The database did not say what is open");
  return open;
}
