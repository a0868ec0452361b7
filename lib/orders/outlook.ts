import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Executor } from "@/drizzle/client";
import type { orderLines, orders } from "@/drizzle/schema";
import { estimate, estimateFactsSchema, intervalOf, toFacts, waitingFacts } from "@/lib/estimates";
import type { Order } from "./schemas";
import { isFinal } from "./states.shared";

type Outlook = Pick<Order, "position" | "expected" | "waitsFor" | "waitsForProduct">;
type Line = typeof orderLines.$inferSelect;

const NOTHING: Outlook = { position: null, expected: null, waitsFor: null, waitsForProduct: null };

const readSchema = z.object({ facts: estimateFactsSchema, bought_ago_ms: z.array(z.number()), now_ms: z.number() });

/** Where an open order stands now: its place in turn order, when it will be settled as it looks now, and what it waits for. */
export async function outlook(executor: Executor, order: typeof orders.$inferSelect, lines: readonly Line[]): Promise<Outlook> {
  if (isFinal(order.status)) return NOTHING;
  const waiting = lines.filter(({ status, heldFor }) => status === "queued" && heldFor === null);
  const { rows } = await executor.execute<Record<string, unknown>>(sql`
    select ${factsOf(order, waiting)} as facts, ${boughtAgoMs(order.id)} as bought_ago_ms, (extract(epoch from now()) * 1000)::float as now_ms`);
  const { facts, bought_ago_ms, now_ms } = readSchema.parse(rows[0]);
  const position = order.status === "queued" ? facts.ordersAhead + 1 : null;
  if (order.status === "confirming") return { ...NOTHING, waitsFor: "confirmation" };
  const told = estimate(toFacts(facts, bought_ago_ms));
  if (told.kind === "none") return { ...NOTHING, position, waitsFor: told.because };
  const slow = waiting.find(({ productId }) => productId === told.productId);
  return {
    position,
    expected: intervalOf(new Date(now_ms + told.fromMs), new Date(now_ms + told.byMs)),
    waitsFor: told.waitsFor,
    waitsForProduct: slow?.productName ?? null,
  };
}

const factsOf = (order: typeof orders.$inferSelect, waiting: readonly Line[]): SQL =>
  waitingFacts(
    order,
    waiting.map(({ productId }) => productId),
  );

/** How long ago the purchases were claimed that the order still waits for. */
const boughtAgoMs = (orderId: string): SQL => sql`(
  select coalesce(jsonb_agg(ago_ms), '[]') from (
    select distinct d.id, (extract(epoch from now() - d.created_at) * 1000)::float as ago_ms
    from order_lines l join allocations a on a.order_line_id = l.id join dispatch_lines dl on dl.id = a.dispatch_line_id
    join dispatches d on d.id = dl.dispatch_id
    where l.order_id = ${orderId}::uuid and d.status in ('prepared', 'placed')) open)`;
