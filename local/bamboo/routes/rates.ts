import { type ApiCall, apiPath, type Endpoint } from "../http/endpoint";
import { json, problem, type Reply } from "../http/reply";
import { RATE_SCALE } from "../money/amount";

export const rateEndpoints: readonly Endpoint[] = [
  { name: "exchange-rates", method: "GET", path: apiPath(1, "exchange-rates"), answer: answerRates },
];

function answerRates({ sandbox, query }: ApiCall): Reply {
  const { rates } = sandbox.world;
  const base = (query("baseCurrency") ?? "USD").toUpperCase();
  const only = query("currency")?.toUpperCase();
  if (rates.between(base, "USD") === null) return problem(400, "Unknown currency", { baseCurrency: [`No rate for ${base}.`] });
  if (only !== undefined && rates.between(base, only) === null)
    return problem(400, "Unknown currency", { currency: [`No rate for ${only}.`] });
  const inverse = sandbox.modes.rateDirection === "inverse";
  const rows = (only === undefined ? rates.currencies : [only]).map((currency) => ({
    currencyCode: currency,
    value: ((inverse ? rates.between(currency, base) : rates.between(base, currency)) ?? 0) / RATE_SCALE,
  }));
  return json(200, { baseCurrencyCode: base, rates: rows });
}
