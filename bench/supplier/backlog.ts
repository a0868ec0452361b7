import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { Random } from "../../local/bamboo/random";
import { asOwner } from "../../local/testing/factories";
import { bareRequest, pricedOrder } from "../acceptances";
import { inTurn, type Person } from "../population";
import { drawQuantity } from "./quantity";
import type { Ware } from "./shelf";

export interface Backlog {
  /** Accepts orders until so many wait. */
  fillTo(orders: number): Promise<void>;
}

const BATCH = 250;

/** Orders of one line and one to five cards, by the product's own `accept_order`; partners and products in turn, so that no window binds. */
export function backlogOf(people: readonly Person[], wares: readonly Ware[], random: Random): Backlog {
  const [person, ware] = [inTurn(people), inTurn(wares)];
  const request = () => {
    const { productId, faceMinor, faceCurrency } = ware();
    const quantity = drawQuantity(random);
    const base = pricedOrder(productId);
    const lines = base.lines.map((line) => ({ ...line, faceMinor, quantity, product: { ...line.product, faceCurrency } }));
    return JSON.parse(bareRequest(person(), { ...base, lines, totalMinor: base.totalMinor * quantity }));
  };
  return {
    fillTo: async (orders) => {
      for (let missing = orders - (await countWaiting()); missing > 0; missing -= BATCH) {
        const requests = JSON.stringify(Array.from({ length: Math.min(missing, BATCH) }, request));
        await db().execute(sql`
          select count(accepted.status) from jsonb_array_elements(${requests}::jsonb) request, accept_order(request) accepted`);
      }
      // Only the owner may; a portal that runs all day has this done by the database itself.
      await asOwner((owner) => owner.execute(sql`analyze`));
    },
  };
}

async function countWaiting(): Promise<number> {
  const { rows } = await db().execute<{ count: number }>(sql`select count(*) from orders where status = 'queued'`);
  return rows[0]?.count ?? 0;
}
