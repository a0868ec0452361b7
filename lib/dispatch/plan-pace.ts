import { HEAVY_LINES, productRoom, type Room } from "@/lib/product-pace";
import type { Limits, WaitingLine } from "./plan-dispatch";

export { HEAVY_LINES, type Room } from "@/lib/product-pace";

/** Nobody ordered it lately. */
const FREE: Room = { lightMs: 0, heavyMs: 0 };

/** Of each product that was ordered within its window, how long until it may be ordered again. */
export function productRooms(productUse: ReadonlyMap<number, readonly number[]>, limits: Limits): (productId: number) => Room {
  const rooms = new Map([...productUse].map(([productId, agesMs]) => [productId, productRoom(agesMs, limits)]));
  return (productId) => rooms.get(productId) ?? FREE;
}

/**
 * Products that may not be ordered now, so that whoever loads the queue can leave their lines out and they do not hide what can go: `light`
 * nobody may order, `heavy` (which has those too) are closed to heavy partners.
 */
export function productsWithoutRoom(
  productUse: ReadonlyMap<number, readonly number[]>,
  limits: Limits,
): { light: number[]; heavy: number[] } {
  const roomOf = productRooms(productUse, limits);
  const productIds = [...productUse.keys()];
  return {
    light: productIds.filter((productId) => roomOf(productId).lightMs > 0),
    heavy: productIds.filter((productId) => roomOf(productId).heavyMs > 0),
  };
}

/** Who has so many lines waiting that the kept places are not for them. */
export function heavyPartners(lines: readonly WaitingLine[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { partnerId } of lines) counts.set(partnerId, (counts.get(partnerId) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > HEAVY_LINES).map(([partnerId]) => partnerId));
}
