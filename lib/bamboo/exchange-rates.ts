import { type Called, exchange, wayOf } from "./request";
import { throttleSeconds } from "./throttle";
import { wireRates } from "./wire";

export type RatesAnswer =
  | { kind: "rates"; base: string; rates: Record<string, string> }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "unclear"; cause: string };

const TIMEOUT_MS = 20_000;

/** All rates against one base, as decimal text. Their direction is to be checked before use. */
export async function getExchangeRates(base: string): Promise<{ answer: RatesAnswer } & Called> {
  const result = await exchange({
    method: "GET",
    path: `/api/integration/v1.0/exchange-rates?baseCurrency=${base}`,
    timeoutMs: TIMEOUT_MS,
  });
  const { durationMs } = result;
  const wayMs = wayOf(result);
  if (result.kind === "silence") return { answer: { kind: "unclear", cause: result.cause }, httpStatus: null, durationMs, wayMs };
  const done = (answer: RatesAnswer) => ({ answer, httpStatus: result.status, durationMs, wayMs });
  if (result.status === 429) return done({ kind: "throttled", waitSeconds: throttleSeconds(result.retryAfter, result.body) });
  if (result.status !== 200) return done({ kind: "unclear", cause: `HTTP ${result.status}` });
  const parsed = wireRates.safeParse(result.json);
  if (!parsed.success) return done({ kind: "unclear", cause: "the answer is not a list of rates" });
  const rates = Object.fromEntries(parsed.data.rates.map(({ currencyCode, value }) => [currencyCode, value]));
  return done({ kind: "rates", base: parsed.data.baseCurrencyCode, rates });
}
