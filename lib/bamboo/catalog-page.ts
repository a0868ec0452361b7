import { readBrands, type SupplierBrand } from "./catalog-brand";
import { type Called, exchange, wayOf } from "./request";
import { throttleSeconds } from "./throttle";
import { wireCatalogPage } from "./wire";

/** The cap that every integrator agrees on. */
export const CATALOG_PAGE_SIZE = 100;
const TIMEOUT_MS = 60_000;

/** One page of all, or what belongs to one brand or product. */
export type CatalogQuery = { pageIndex: number; pageSize?: number } | { brandId: string } | { productId: number };

export type CatalogAnswer =
  | {
      kind: "page";
      brands: SupplierBrand[];
      /** How many brands match in all, and so how many pages there are. */
      total: number;
      pages: number;
    }
  | { kind: "throttled"; waitSeconds: number }
  /** A clear no to this question, such as about an id that the supplier does not take. */
  | { kind: "refused"; status: number }
  | { kind: "unclear"; cause: string };

/** One answer of the v2 catalogue, which is paged by brand. */
export async function getCatalogPage(query: CatalogQuery): Promise<{ answer: CatalogAnswer } & Called> {
  const result = await exchange({
    method: "GET",
    path: `/api/integration/v2.0/catalog?${searchOf(query)}`,
    timeoutMs: TIMEOUT_MS,
  });
  const { durationMs } = result;
  const wayMs = wayOf(result);
  if (result.kind === "silence") return { answer: { kind: "unclear", cause: result.cause }, httpStatus: null, durationMs, wayMs };
  const done = (answer: CatalogAnswer) => ({ answer, httpStatus: result.status, durationMs, wayMs });
  if (result.status === 429) return done({ kind: "throttled", waitSeconds: throttleSeconds(result.retryAfter, result.body) });
  if (isRefusal(result.status)) return done({ kind: "refused", status: result.status });
  if (result.status !== 200) return done({ kind: "unclear", cause: `HTTP ${result.status}` });
  const parsed = wireCatalogPage.safeParse(result.json);
  if (!parsed.success)
    return done({ kind: "unclear", cause: `the page does not parse: ${parsed.error.issues[0]?.path.join(".")}` });
  const read = readBrands(parsed.data.items);
  if (!read.ok) return done({ kind: "unclear", cause: read.why });
  const { count, pageSize } = parsed.data;
  // A supplier that clamps the size says the one it used, and its pages are of that one.
  return done({ kind: "page", brands: read.brands, total: count, pages: Math.max(Math.ceil(count / pageSize), 1) });
}

/** 401 and 403 are about us and not about the question: nothing else would be answered either. */
const isRefusal = (status: number) => status >= 400 && status < 500 && status !== 401 && status !== 403;

function searchOf(query: CatalogQuery): string {
  if ("pageIndex" in query) return `PageSize=${query.pageSize ?? CATALOG_PAGE_SIZE}&PageIndex=${query.pageIndex}`;
  if ("brandId" in query) return `PageSize=${CATALOG_PAGE_SIZE}&PageIndex=0&BrandId=${encodeURIComponent(query.brandId)}`;
  return `PageSize=${CATALOG_PAGE_SIZE}&PageIndex=0&ProductId=${query.productId}`;
}
