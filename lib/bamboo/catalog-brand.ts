import { z } from "zod";
import { compare, fraction, minorExponent, toMinor } from "@/lib/money";
import { supplierName, supplierText } from "./catalog-text";
import { type WireBrand, type WireProduct, wireBrand, wireProduct, wireProductId } from "./wire";

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
  /** Ids of products that are listed and cannot be read; null where not even the id can. Nothing is known of them but that they are there. */
  unreadable: (number | null)[];
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
  /** Listed, and marked as not sold now. */
  inactive: boolean;
}

const CURRENCY = /^[A-Z]{3}$/;
const SOLD: ReadonlySet<string> = new Set(["live", "active"]);
const MAX_STOCK = 2_147_483_647;
const MAX_COUNTRY_CHARS = 8;
const MAX_URL_CHARS = 2_000;
const wireBrands = z.array(wireBrand);

/**
 * Brands as both versions of the catalogue write them. Told what is wrong where they cannot be read; a product that cannot is told beside
 * the others, so that it does not keep them back.
 */
export function readBrands(json: unknown): { ok: true; brands: SupplierBrand[] } | { ok: false; why: string } {
  const parsed = wireBrands.safeParse(json);
  if (!parsed.success) return { ok: false, why: `the brands do not parse: ${parsed.error.issues[0]?.path.join(".")}` };
  return { ok: true, brands: parsed.data.map(toBrand) };
}

function toBrand(wire: WireBrand): SupplierBrand {
  const products = (wire.products ?? []).map((json) => wireProduct.safeParse(json));
  const currency = wire.currencyCode.trim().toUpperCase();
  const name = supplierName(wire.name) || `Brand ${wire.internalId}`;
  return {
    id: wire.internalId,
    name,
    countryCode: supplierName(wire.countryCode ?? "").slice(0, MAX_COUNTRY_CHARS) || null,
    currency: CURRENCY.test(currency) ? currency : "XXX",
    logoUrl: safeUrl(wire.logoUrl),
    description: supplierText(wire.description),
    redemptionInstructions: supplierText(wire.redemptionInstructions),
    terms: supplierText(wire.terms),
    categories: (wire.categories ?? [])
      .filter((category) => typeof category !== "string")
      .map(({ id, name }) => ({ id, name: supplierName(name) || `Category ${id}` })),
    products: CURRENCY.test(currency)
      ? products.flatMap((read) => (read.success ? toProduct(read.data, { currency, name }) : []))
      : [],
    unreadable: (wire.products ?? []).filter((_, index) => !products[index]?.success).map(idOf),
  };
}

/** What has no exact face value in its currency's minor unit, or no known currency, cannot be ordered exactly, so it is left out. */
function toProduct(wire: WireProduct, brand: { currency: string; name: string }): SupplierProduct[] {
  const ends = [wire.minFaceValue, wire.maxFaceValue].map(fraction);
  const scale = 10n ** BigInt(minorExponent(brand.currency));
  if (!ends.every((end) => (end.n * scale) % end.d === 0n)) return [];
  const [faceMinMinor = 0, faceMaxMinor = 0] = ends.map((end) => toMinor(end, brand.currency));
  const costCurrency = wire.price.currencyCode.trim().toUpperCase();
  if (faceMinMinor <= 0 || faceMaxMinor < faceMinMinor || !CURRENCY.test(costCurrency)) return [];
  return [
    {
      id: wire.id,
      name: supplierName(wire.name) || brand.name,
      faceMinMinor,
      faceMaxMinor,
      costMin: wire.price.min,
      costMax: wire.price.max,
      costCurrency,
      stock: wire.count == null ? null : Math.min(Math.max(Math.floor(wire.count), 0), MAX_STOCK),
      inactive:
        wire.isDeleted === true || (wire.status != null && !SOLD.has(wire.status.trim().toLowerCase())) || !canCost(wire.price),
    },
  ];
}

/** A cost of nothing, or one that falls as the face value grows, is a mistake of theirs: nothing is sold by it. */
function canCost({ min, max }: WireProduct["price"]): boolean {
  const [low, high] = [fraction(min), fraction(max)];
  return compare(low, fraction(0)) > 0 && compare(high, low) >= 0;
}

/** As `wireProduct` reads it. */
const idOf = (json: unknown): number | null => wireProductId.safeParse(json).data ?? null;

/** Only a web address is kept: anything else in this field is not a picture. */
function safeUrl(text: string | null): string | null {
  return text && text.length <= MAX_URL_CHARS && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}
