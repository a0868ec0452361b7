import { supplier } from "@/lib/supplier";
import { type KeptRates, keepRates } from "./keep-rates";

const BASE = "USD";
const MAX_TURN_WAIT_MS = 10_000;

export type RefreshedRates = KeptRates | { kind: "later"; waitMs: number };

/** Reads the exchange rates and keeps them, as used if they can be, with an alert if not. Throws where no list was to be had. */
export async function refreshRates(): Promise<RefreshedRates> {
  const reserved = await supplier().reserve("exchangeRates", MAX_TURN_WAIT_MS);
  if (reserved.kind === "not_now") return { kind: "later", waitMs: reserved.waitMs };
  const answer = await supplier().rates(reserved.turn, BASE);
  if (answer.kind === "not_now") return { kind: "later", waitMs: answer.waitMs };
  if (answer.kind === "throttled") return { kind: "later", waitMs: answer.waitSeconds * 1_000 };
  if (answer.kind === "unclear") throw new Error(`The exchange rates cannot be read: ${answer.cause}`);
  return keepRates({ base: answer.base, perBase: answer.rates });
}
