import { db } from "@/drizzle/client";
import { rateSnapshots } from "@/drizzle/schema";
import { sleep } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { checkRates } from "@/lib/pricing";
import { supplier } from "@/lib/supplier";

const BASE = "USD";
const MAX_SLOT_WAIT_MS = 10_000;

export type RefreshedRates = { kind: "stored"; currencies: number } | { kind: "later"; waitMs: number };

/** Reads the exchange rates, checks them against the peg and keeps them as a new snapshot. Throws when they cannot be used. */
export async function refreshRates(): Promise<RefreshedRates> {
  const slot = await supplier().slot("exchangeRates", MAX_SLOT_WAIT_MS);
  if (!slot.granted) return { kind: "later", waitMs: slot.waitMs };
  await sleep(slot.waitMs);
  const answer = await supplier().rates(BASE);
  if (answer.kind === "throttled") return { kind: "later", waitMs: answer.waitSeconds * 1_000 };
  if (answer.kind === "unclear") throw new Error(`The exchange rates are unusable: ${answer.cause}`);
  const checked = checkRates({ base: answer.base, perBase: answer.rates });
  if (checked.kind === "implausible") throw new Error(`The exchange rates are refused: ${checked.why}`);
  await db()
    .insert(rateSnapshots)
    .values({ id: newId(), base: checked.rates.base, rates: { ...checked.rates.perBase } });
  return { kind: "stored", currencies: Object.keys(checked.rates.perBase).length };
}
