import { readFilters } from "../catalog/filters";
import { categories, countries } from "../catalog/reference";
import { logoUrl } from "../catalog/serialise";
import type { Brand } from "../catalog/types";
import { wireTime } from "../clock";
import { type ApiCall, apiPath, type Endpoint } from "../http/endpoint";
import { json, problem, type Reply } from "../http/reply";
import { fromUnits, RATE_SCALE, toUnits } from "../money/amount";
import { chargeFor, costOf } from "../money/cost";

export const stockEndpoints: readonly Endpoint[] = [
  { name: "brands", method: "GET", path: apiPath(2, "brands"), answer: listBrands },
  { name: "getstock", method: "GET", path: apiPath(2, "getstock/([^/]+)/([^/]+)"), answer: getStock },
  {
    name: "categories",
    method: "GET",
    path: apiPath(2, "categories"),
    answer: () =>
      json(
        200,
        categories.map((category) => ({ ...category, description: "" })),
      ),
  },
  {
    name: "catalog-countries",
    method: "GET",
    path: apiPath(2, "catalog-countries"),
    answer: () =>
      json(
        200,
        countries.map(({ code, name, currency, alpha3 }) => ({ code, name, defaultCurrencyCode: currency, alpha3Code: alpha3 })),
      ),
  },
];

function listBrands({ sandbox, query }: ApiCall): Reply {
  const filters = readFilters(query, sandbox.modes.pageSizeCap);
  if ("errors" in filters) return problem(400, "One or more validation errors occurred.", filters.errors);
  const sku = query("sku")?.toUpperCase();
  const categoryId = query("categoryId");
  const matching = sandbox.world.catalog.brands.filter(
    (brand) =>
      (filters.currencyCode === null || brand.currencyCode === filters.currencyCode) &&
      (filters.countryCode === null || brand.countryCode === filters.countryCode) &&
      (filters.name === null || brand.name.toLowerCase().includes(filters.name)) &&
      (sku === undefined || brand.sku === sku) &&
      (categoryId === null || brand.categoryIds.includes(Number(categoryId))) &&
      (filters.modifiedAfterMs === null || brand.modifiedAtMs > filters.modifiedAfterMs),
  );
  const page = matching.slice(filters.pageIndex * filters.pageSize, (filters.pageIndex + 1) * filters.pageSize);
  const items = page.map((brand) => brandJson(brand, `${sandbox.baseUrl}/assets`));
  return json(200, { pageIndex: filters.pageIndex, pageSize: filters.pageSize, count: matching.length, items });
}

function brandJson(brand: Brand, assetsUrl: string) {
  const faces = new Map(
    brand.products.map(({ minFace, maxFace }) => [`${minFace}-${maxFace}`, { min: fromUnits(minFace), max: fromUnits(maxFace) }]),
  );
  const { id, name, sku, countryCode, currencyCode, description, disclaimer, redemptionInstructions, terms, status } = brand;
  return {
    ...{ id, name, sku, countryCode, currencyCode, description, disclaimer, redemptionInstructions, terms, status },
    logoUrl: logoUrl(brand, assetsUrl),
    modifiedDate: wireTime(brand.modifiedAtMs),
    faceValues: [...faces.values()],
    categories: brand.categoryIds,
  };
}

/** `isStocked: false` means unlimited. */
function getStock({ sandbox, params }: ApiCall): Reply {
  const face = toUnits(Number(params[1])) ?? -1;
  const product = sandbox.world.catalog.bySku(params[0] ?? "", face)?.product;
  if (!product) return problem(404, "Not Found");
  return json(200, {
    faceValue: fromUnits(face),
    quantity: product.count ?? 0,
    isStocked: product.count !== null,
    price: fromUnits(chargeFor(costOf(product, face, RATE_SCALE), 1)),
    currencyCode: product.priceCurrency,
  });
}
