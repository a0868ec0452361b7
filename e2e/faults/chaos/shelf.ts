import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { sleep } from "@/lib/clock";
import { beginRefresh, failRefresh, refreshPage, refreshRates } from "@/lib/refresh";
import type { BambooControl } from "@/local/bamboo/control";
import { freshCatalogue } from "@/local/testing/factories";

export interface Ware {
  productId: number;
  faceMinor: number;
}

/** So many that nobody has to wait for the pace of a single product. */
const WARES = 150;
const MAX_TRIES = 10;
/** What the sandbox keeps for its scenarios. */
const SCENARIOS = "900";
/** Of the face value; a partner here pays 0.95. */
const DEAREST_COST = 0.93;
/** Those whose minor unit is a hundredth. */
const CURRENCIES = ["USD", "EUR", "GBP", "CHF", "CAD", "AUD", "AED", "QAR"];

/** Reads a page of the supplier's catalogue as the product does, and answers what can be had of it in any number. */
export async function stockShelf(control: BambooControl): Promise<Ware[]> {
  const began = await beginRefresh("schedule");
  if (began.kind === "not_now") throw new Error("The catalogue of a new system was read twice already");
  await read(() => refreshPage(began.refreshId, 0));
  // One page is enough for a shelf, and no complete read.
  await failRefresh(began.refreshId, "Only the first page was wanted");
  await read(refreshRates);
  await freshCatalogue();
  const { rows } = await db().execute<{ id: number; face_min_minor: number }>(sql`
    select id, face_min_minor from products
    where brand_id <> ${SCENARIOS} and face_currency in ${CURRENCIES} and cost_currency = face_currency and face_min_minor = face_max_minor
      and stock is null and cost_min * 100 < ${DEAREST_COST}::numeric * face_min_minor
    order by id limit ${WARES}`);
  if (rows.length < WARES)
    throw new Error(`The first page of the catalogue has ${rows.length} products that fit; ${WARES} are wanted`);
  for (const { id } of rows) await control.setProduct({ productId: Number(id), orderable: true, announce: false });
  return rows.map(({ id, face_min_minor }) => ({ productId: Number(id), faceMinor: Number(face_min_minor) }));
}

/** A cache that has just started counts as one that forgot, so the first calls wait. */
async function read(refresh: () => Promise<{ kind: string; waitMs?: number }>): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const { kind, waitMs } = await refresh();
    if (kind === "refused") throw new Error("The supplier's exchange rates were refused");
    if (kind !== "later" || waitMs === undefined) return;
    await sleep(waitMs);
  }
  throw new Error("The supplier kept catalogue or rates back");
}
