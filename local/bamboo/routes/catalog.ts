import { joinJson } from "../catalog/catalog";
import { findBrands, readFilters } from "../catalog/filters";
import { serialiseBrand } from "../catalog/serialise";
import { type ApiCall, apiPath, type Endpoint } from "../http/endpoint";
import { problem, type Reply, rawJson } from "../http/reply";

export const catalogEndpoints: readonly Endpoint[] = [
  {
    name: "catalog-v1",
    method: "GET",
    path: apiPath(1, "catalog"),
    answer: ({ sandbox }) => rawJson(200, sandbox.world.catalog.wholeJson()),
  },
  { name: "catalog-v2", method: "GET", path: apiPath(2, "catalog"), answer: answerPage },
];

function answerPage({ sandbox, query, acts }: ApiCall): Reply {
  const { catalog, rates } = sandbox.world;
  const filters = readFilters(query, sandbox.modes.pageSizeCap);
  if ("errors" in filters) return problem(400, "One or more validation errors occurred.", filters.errors);
  const currency = filters.targetCurrency;
  if (currency !== null && rates.between("USD", currency) === null) {
    return problem(400, "One or more validation errors occurred.", { TargetCurrency: [`No rate for ${currency}.`] });
  }
  const { brands, only } = findBrands(catalog.live, filters);
  const shown = acts.reduce((most, act) => (act.kind === "shortPage" ? act.brands : most), filters.pageSize);
  const count = acts.reduce((sum, act) => (act.kind === "countMoves" ? sum + act.by : sum), brands.length);
  const page = brands.slice(filters.pageIndex * filters.pageSize, (filters.pageIndex + 1) * filters.pageSize).slice(0, shown);
  const target = currency === null ? undefined : { currency, rate: remember((from) => rates.between(from, currency) ?? 0) };
  const parts = page.map((brand) =>
    only || target
      ? Buffer.from(serialiseBrand(brand, { assetsUrl: `${sandbox.baseUrl}/assets`, only, target }))
      : catalog.brandJson(brand),
  );
  const head = `{"pageIndex":${filters.pageIndex},"pageSize":${filters.pageSize},"count":${count},"items":[`;
  return rawJson(200, joinJson(head, parts, "]}"));
}

/** Asks once for each currency: a page has thousands of prices. */
function remember(ask: (currency: string) => number): (currency: string) => number {
  const known = new Map<string, number>();
  return (currency) => {
    const rate = known.get(currency) ?? ask(currency);
    known.set(currency, rate);
    return rate;
  };
}
