import { inArray, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { products } from "@/drizzle/schema";
import type { SupplierView } from "./schemas";

const MAX_SHOWN = 12;

type Products = NonNullable<SupplierView["products"]>;

/**
 * The products that were ordered within their window, fullest first, with what still waits for them. `use` gives how many milliseconds ago
 * each order of a product was (negative: still ahead), as the supplier's folder tells it.
 */
export async function readProducts(
  executor: Executor,
  use: ReadonlyMap<number, readonly number[]>,
  budget: Products["budget"],
  nowMs: number,
): Promise<Products> {
  const inUse = [...use]
    .map(([id, agesMs]) => ({ id, ...windowOf(agesMs, budget, nowMs) }))
    .filter(({ used }) => used > 0)
    .sort((a, b) => b.used - a.used || a.id - b.id);
  const shown = inUse.slice(0, MAX_SHOWN);
  const [names, waiting] = await namesAndWaiting(
    executor,
    shown.map(({ id }) => id),
  );
  return {
    budget,
    full: inUse.filter(({ used }) => used >= budget.limit).length,
    items: shown.map((product) => ({
      ...product,
      name: names.get(product.id) ?? null,
      waitingLines: waiting.get(product.id) ?? 0,
    })),
  };
}

function windowOf(agesMs: readonly number[], { limit, windowMs }: Products["budget"], nowMs: number) {
  const within = agesMs.filter((ageMs) => ageMs < windowMs).sort((a, b) => a - b);
  const limiting = within[limit - 1];
  const freeAtMs = limiting === undefined ? null : nowMs + windowMs - limiting;
  return { used: within.length, nextFreeAt: freeAtMs === null ? null : new Date(freeAtMs).toISOString() };
}

async function namesAndWaiting(executor: Executor, ids: readonly number[]): Promise<[Map<number, string>, Map<number, number>]> {
  if (ids.length === 0) return [new Map(), new Map()];
  const [named, counted] = await Promise.all([
    executor
      .select({ id: products.id, name: products.name })
      .from(products)
      .where(inArray(products.id, [...ids])),
    executor.execute<{ product_id: number; lines: number }>(sql`
      select product_id, count(*)::int as lines from order_lines
      where status = 'queued' and held_for is null and product_id = any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint))
      group by product_id`),
  ]);
  return [
    new Map(named.map(({ id, name }) => [id, name])),
    new Map(counted.rows.map(({ product_id, lines }) => [product_id, lines])),
  ];
}
