import { and, desc, eq, sql } from "drizzle-orm";
import { db, type Executor, type Transaction } from "@/drizzle/client";
import { rateSnapshots } from "@/drizzle/schema";
import { raiseAlert, resolveAlert } from "@/lib/alerts";
import { newId } from "@/lib/ids";
import { enqueue } from "@/lib/outbox";
import { checkRates, type Rates } from "@/lib/pricing";

export type RateSnapshot = typeof rateSnapshots.$inferSelect;

/** `why` is a sentence for a person. */
export type KeptRates =
  | { kind: "stored"; currencies: number; turnedOver: boolean }
  | { kind: "unchanged" }
  | { kind: "refused"; why: string };

/** The alert while the supplier's newest list is one that prices nothing. */
export const REFUSED = { kind: "rates.refused", subject: "exchange-rates" } as const;

/** Lists in which a currency that is missing in the one in use is looked for; older rates say little about what it is worth. */
const LOOKED_BACK = 8;
const MOMENT = sql`clock_timestamp()`;

/**
 * Judges a list as the supplier sent it and keeps it: a usable one is in use from now on; a refused one is kept with the reason and
 * changes no price. One that says what the last of its kind said moves only the time when that was heard.
 */
export function keepRates(sent: Rates): Promise<KeptRates> {
  return db().transaction(async (tx) => {
    await lockRates(tx);
    const [used = null, ...older] = await newestOf(tx, "used", LOOKED_BACK);
    const before = Object.fromEntries(older.toReversed().flatMap(({ rates }) => Object.entries(rates)));
    const checked = checkRates(sent, used && { base: used.base, perBase: used.rates }, before);
    if (checked.kind === "implausible") return refuse(tx, checked, used);
    const { rates, turnedOver } = checked;
    await resolveAlert(tx, REFUSED);
    if (used && (await heardAgain(tx, used, rates))) return { kind: "unchanged" };
    await tx.insert(rateSnapshots).values(row(rates, turnedOver));
    await enqueue(tx, [{ name: "prices/changed", data: {} }]);
    return { kind: "stored", currencies: Object.keys(rates.perBase).length, turnedOver };
  });
}

/** So that "the newest" is one thing for as long as the transaction lasts. */
export const lockRates = (tx: Transaction) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('exchange-rates', 0))`);

export async function newestRates(executor: Executor, status: RateSnapshot["status"]): Promise<RateSnapshot | null> {
  const [newest] = await newestOf(executor, status, 1);
  return newest ?? null;
}

async function newestOf(executor: Executor, status: RateSnapshot["status"], lists: number): Promise<RateSnapshot[]> {
  return executor
    .select()
    .from(rateSnapshots)
    .where(eq(rateSnapshots.status, status))
    .orderBy(desc(rateSnapshots.createdAt))
    .limit(lists);
}

interface Refused {
  rates: Rates;
  turnedOver: boolean;
  why: string;
}

async function refuse(tx: Transaction, { rates, turnedOver, why }: Refused, used: RateSnapshot | null): Promise<KeptRates> {
  const before = await newestRates(tx, "refused");
  // What is in use was heard meanwhile: then it is another refusal, even of the same.
  const isLastHeard = before !== null && (used === null || before.lastSeenAt > used.lastSeenAt);
  if (!isLastHeard || !(await heardAgain(tx, before, rates)))
    await tx.insert(rateSnapshots).values({ ...row(rates, turnedOver), status: "refused", refusedBecause: why });
  await raiseAlert(tx, {
    ...REFUSED,
    // Until the first usable list nothing in a foreign currency has a price.
    severity: used ? "warning" : "critical",
    title: `Exchange rates are refused, prices stay with the list before. ${why}`,
    detail: { currencies: Object.keys(rates.perBase).length, turnedOver, inUseSince: used?.createdAt.toISOString() ?? null },
  });
  return { kind: "refused", why };
}

/** Whether the list says the same; then the time when it was heard is now. */
async function heardAgain(tx: Transaction, { id }: RateSnapshot, { base, perBase }: Rates): Promise<boolean> {
  const same = and(
    eq(rateSnapshots.id, id),
    eq(rateSnapshots.base, base),
    sql`${rateSnapshots.rates} = ${JSON.stringify(perBase)}::jsonb`,
  );
  const moved = await tx.update(rateSnapshots).set({ lastSeenAt: MOMENT }).where(same).returning({ id: rateSnapshots.id });
  return moved.length > 0;
}

/** By the clock and not the transaction's start: it may have waited for one that kept another list meanwhile. */
const row = ({ base, perBase }: Rates, turnedOver: boolean) => ({
  id: newId(),
  base,
  rates: { ...perBase },
  turnedOver,
  createdAt: MOMENT,
  lastSeenAt: MOMENT,
});
