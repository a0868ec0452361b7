import { db } from "@/drizzle/client";
import { rateSnapshots } from "@/drizzle/schema";
import { newId } from "@/lib/ids";
import { checkRates } from "@/lib/pricing";
import { supplier } from "@/lib/supplier";

const BASE = "USD";
const MAX_TURN_WAIT_MS = 10_000;

export type RefreshedRates = { kind: "stored"; currencies: number } | { kind: "later"; waitMs: number };

/** Reads the exchange rates, checks them against the peg and keeps them as a new snapshot. Throws when they cannot be used. */
export async function refreshRates(): Promise<RefreshedRates> {
  const reserved = await supplier().reserve("exchangeRates", MAX_TURN_WAIT_MS);
  if (reserved.kind === "not_now") return { kind: "later", waitMs: reserved.waitMs };
  const answer = await supplier().rates(reserved.turn, BASE);
  if (answer.kind === "not_now") return { kind: "later", waitMs: answer.waitMs };
  if (answer.kind === "throttled") return { kind: "later", waitMs: answer.waitSeconds * 1_000 };
  if (answer.kind === "unclear") throw new Error(`The exchange rates are unusable: ${answer.cause}`);
  const checked = checkRates({ base: answer.base, perBase: answer.rates });
  if (checked.kind === "implausible") throw new Error(`The exchange rates are refused: ${checked.why}`);
  await db()
    .insert(rateSnapshots)
    .values({ id: newId(), base: checked.rates.base, rates: { ...checked.rates.perBase } });
  return { kind: "stored", currencies: Object.keys(checked.rates.perBase).length };
}
