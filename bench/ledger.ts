import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import pg from "pg";
import { db } from "@/drizzle/client";
import { newId } from "@/lib/ids";
import { placeOrder } from "@/lib/orders";
import { acceptOrder } from "@/lib/orders/accept-order";
import { makeProduct, oneCard } from "../local/testing/factories";
import { acceptance, bareRequest, pricedOrder } from "./acceptances";
import type { Bench, BenchOptions } from "./bench";
import { type Cell, measureBeside, type Variant } from "./cells";
import { inTurn, type Person, populate } from "./population";
import { round } from "./sample";
import { withServices } from "./services";
import { table } from "./table";

const CLIENTS = [1, 8, 32];
/** As many connections as the product's own pool has. */
const BARE_POOL_SIZE = 20;
/** Of ids that no sandbox knows: nothing is bought here. */
const PRODUCT_ID = 900_000_001;

export const ledger: Bench = {
  title: "Accepts per second: order, lines, timeline, event, answer and hold, over 1,000 wallets and on one hot wallet",
  starts: "Starts PostgreSQL with its gate (and the other stand-ins, which idle) on a folder of its own under .data/bench.",
  run: (options) => withServices("ledger", options, () => measure(options)),
};

async function measure(options: BenchOptions): Promise<Record<string, number>> {
  const { say } = options;
  const people = await populate();
  await makeProduct({ id: PRODUCT_ID });
  await db().execute(sql`analyze`);
  const bare = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: BARE_POOL_SIZE });
  const figures: Record<string, number> = {};
  try {
    const cells: Cell[] = [];
    for (const where of ["spread", "hot"] as const) {
      const variants = variantsOf(where, where === "hot" ? people.slice(0, 1) : people, bare);
      for (const clients of CLIENTS) {
        const measured = await measureBeside(variants, clients, options);
        for (const cell of measured) say(`  ${cell.name} at ${clients}: ${cell.perSecond} a second`);
        cells.push(...measured);
      }
    }
    for (const { name, clients, perSecond, p50Ms, p99Ms } of cells) {
      Object.assign(figures, {
        [`${name}_${clients}`]: perSecond,
        [`${name}_${clients}_p50_ms`]: p50Ms,
        [`${name}_${clients}_p99_ms`]: p99Ms,
      });
    }
    figures.ratio_to_bare = round((figures.spread_32 ?? 0) / (figures.bare_spread_32 ?? 0), 2);
    say(`\n${tableOf(cells)}\n${LEGEND}`);
    return figures;
  } finally {
    await bare.end();
  }
}

const LEGEND = `
spread, hot   the product's verb acceptOrder over the Neon driver, through the gate; 1,000 wallets, one wallet
place_        placeOrder: the same after it has read, in a round trip of its own, what the order is decided on
bare_         select * from accept_order($1) through pg, straight to PostgreSQL`;

/** The same order three ways. */
function variantsOf(where: string, people: readonly Person[], bare: pg.Pool): Variant[] {
  const priced = pricedOrder(PRODUCT_ID);
  const person = inTurn(people);
  return [
    { name: where, act: () => acceptOrder(db(), acceptance(person(), priced)) },
    { name: `place_${where}`, act: () => placeOrder(ctxOf(person()), oneCard(PRODUCT_ID), randomUUID()) },
    { name: `bare_${where}`, act: () => bare.query("select * from accept_order($1::jsonb)", [bareRequest(person(), priced)]) },
  ];
}

const ctxOf = ({ partnerId, userId, role }: Person) => ({
  actor: { kind: "member" as const, userId, partnerId, role },
  requestId: newId(),
  from: { ipAddress: null, userAgent: null },
});

function tableOf(cells: readonly Cell[]): string {
  const rows = cells.map(({ name, clients, perSecond, p50Ms, p99Ms }) => [
    name,
    clients,
    perSecond,
    p50Ms.toFixed(1),
    p99Ms.toFixed(1),
  ]);
  return table(["accepts", "clients", "a second", "p50 ms", "p99 ms"], rows);
}
