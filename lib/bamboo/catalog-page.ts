import { fraction, minorExponent, toMinor } from "@/lib/money";
import { type Called, exchange, wayOf } from "./request";
import { throttleSeconds } from "./throttle";
import { type WireBrand, wireCatalogPage } from "./wire";

/** The cap that every integrator agrees on. */
export const CATALOG_PAGE_SIZE = 100;
const TIMEOUT_MS = 60_000;

export interface SupplierBrand {
  id: string;
  name: string;
  countryCode: string | null;
  currency: string;
  logoUrl: string | null;
  description: string | null;
  redemptionInstructions: string | null;
  terms: string | null;
  categories: { id: number; name: string }[];
  products: SupplierProduct[];
}

/** Face values in minor units of the brand's currency; costs as decimal text per card. */
export interface SupplierProduct {
  id: number;
  name: string;
  faceMinMinor: number;
  faceMaxMinor: number;
  costMin: string;
  costMax: string;
  costCurrency: string;
  /** Null is unlimited. */
  stock: number | null;
}

export type CatalogAnswer =
  | { kind: "page"; brands: SupplierBrand[]; last: boolean; total: number }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "unclear"; cause: string };

/** One page of the v2 catalogue, paged by brand. */
export async function getCatalogPage(pageIndex: number): Promise<{ answer: CatalogAnswer } & Called> {
  const path = `/api/integration/v2.0/catalog?PageSize=${CATALOG_PAGE_SIZE}&PageIndex=${pageIndex}`;
  const result = await exchange({ method: "GET", path, timeoutMs: TIMEOUT_MS });
  const { durationMs } = result;
  const wayMs = wayOf(result);
  if (result.kind === "silence") return { answer: { kind: "unclear", cause: result.cause }, httpStatus: null, durationMs, wayMs };
  const done = (answer: CatalogAnswer) => ({ answer, httpStatus: result.status, durationMs, wayMs });
  if (result.status === 429) return done({ kind: "throttled", waitSeconds: throttleSeconds(result.retryAfter, result.body) });
  if (result.status !== 200) return done({ kind: "unclear", cause: `HTTP ${result.status}` });
  const parsed = wireCatalogPage.safeParse(result.json);
  if (!parsed.success)
    return done({ kind: "unclear", cause: `the page does not parse: ${parsed.error.issues[0]?.path.join(".")}` });
  const { items, count, pageSize } = parsed.data;
  const last = items.length < pageSize || (pageIndex + 1) * pageSize >= count;
  return done({ kind: "page", brands: items.map(toBrand), last, total: count });
}

function toBrand(wire: WireBrand): SupplierBrand {
  return {
    id: wire.internalId,
    name: wire.name.trim(),
    countryCode: wire.countryCode || null,
    currency: wire.currencyCode,
    logoUrl: safeUrl(wire.logoUrl),
    description: wire.description || null,
    redemptionInstructions: wire.redemptionInstructions || null,
    terms: wire.terms || null,
    categories: (wire.categories ?? []).filter((category) => typeof category !== "string"),
    products: (wire.products ?? [])
      .filter((product) => !product.isDeleted)
      .flatMap((product) => toProduct(product, wire.currencyCode)),
  };
}

type WireProduct = NonNullable<WireBrand["products"]>[number];

/** A product whose face value does not fit its currency's minor unit cannot be ordered exactly, so it is left out. */
function toProduct(wire: WireProduct, currency: string): SupplierProduct[] {
  const ends = [wire.minFaceValue, wire.maxFaceValue].map(fraction);
  const scale = 10n ** BigInt(minorExponent(currency));
  if (!ends.every((end) => (end.n * scale) % end.d === 0n)) return [];
  const [faceMinMinor = 0, faceMaxMinor = 0] = ends.map((end) => toMinor(end, currency));
  if (faceMinMinor <= 0 || faceMaxMinor < faceMinMinor) return [];
  const { min: costMin, max: costMax, currencyCode: costCurrency } = wire.price;
  return [
    {
      id: wire.id,
      name: wire.name.trim(),
      faceMinMinor,
      faceMaxMinor,
      costMin,
      costMax,
      costCurrency,
      stock: wire.count ?? null,
    },
  ];
}

/** Only a web address is kept: anything else in this field is not a picture. */
function safeUrl(text: string | null): string | null {
  return text && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}
