import { UNITS_PER_ONE } from "../money/amount";
import { pick, type Random, randomInteger, shuffled } from "../random";
import { CATALOG_EPOCH_MS, faceScales } from "./reference";
import type { Brand, Product } from "./types";

const faceSteps = [
  1, 2, 3, 5, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 50, 60, 70, 75, 80, 90, 100, 110, 120, 125, 130, 150, 175, 180, 200, 225,
  250, 300, 350, 400, 450, 500, 600, 750, 800, 1000,
];
const FEWEST_FIXED = 14;
const MOST_FIXED = 34;
const RANGE_SHARE = 0.7;
const ODD_CENTS_SHARE = 0.08;
const FOREIGN_PRICE_SHARE = 0.07;
const NOT_ORDERABLE_SHARE = 0.002;
const BASIS_POINTS = 10_000;
const DAY_MS = 86_400_000;

interface Pricing {
  discountBp: number;
  currency: string;
  price: (face: number) => number;
}

interface Request {
  random: Random;
  brand: Brand;
  firstId: number;
  convert: (units: number, from: string, to: string) => number;
}

/** The fixed cards of a brand, smallest first, and for most brands a range beside them. */
export function generateProducts({ random, brand, firstId, convert }: Request): Product[] {
  const scale = faceScales[brand.currencyCode] ?? 1;
  const oddCents = scale === 1 && random() < ODD_CENTS_SHARE;
  const steps = shuffled(random, faceSteps).slice(0, randomInteger(random, FEWEST_FIXED, MOST_FIXED));
  const faces = steps.sort((left, right) => left - right).map((step) => step * scale * UNITS_PER_ONE - (oddCents ? 100 : 0));
  const pricing = inventPricing(random, brand, convert);
  const products = faces.map((face, index) => inventProduct(random, brand, pricing, firstId + index, [face, face]));
  if (random() < RANGE_SHARE) {
    const ends: [number, number] = [
      pick(random, [1, 5, 10]) * scale * UNITS_PER_ONE,
      pick(random, [100, 200, 500]) * scale * UNITS_PER_ONE,
    ];
    products.push(inventProduct(random, brand, pricing, firstId + products.length, ends));
  }
  return products;
}

function inventPricing(random: Random, brand: Brand, convert: Request["convert"]): Pricing {
  const discountBp = random() < 0.03 ? 0 : randomInteger(random, 100, 1200);
  const currency = random() < FOREIGN_PRICE_SHARE ? "USD" : brand.currencyCode;
  const price = (face: number) => {
    const own = Math.round((face * (BASIS_POINTS - discountBp)) / BASIS_POINTS);
    return currency === brand.currencyCode ? own : convert(own, brand.currencyCode, currency);
  };
  return { discountBp, currency, price };
}

function inventProduct(random: Random, brand: Brand, pricing: Pricing, id: number, [min, max]: [number, number]): Product {
  const label = min === max ? `${min / UNITS_PER_ONE}` : `${min / UNITS_PER_ONE}-${max / UNITS_PER_ONE}`;
  return {
    id,
    brandId: brand.id,
    name: `${brand.name} ${label} ${brand.currencyCode}`,
    minFace: min,
    maxFace: max,
    count: inventCount(random),
    priceMin: pricing.price(min),
    priceMax: pricing.price(max),
    priceCurrency: pricing.currency,
    modifiedAtMs: CATALOG_EPOCH_MS - Math.floor(random() * 120 * DAY_MS),
    orderable: random() >= NOT_ORDERABLE_SHARE,
    hasPin: random() < 0.75,
    expires: random() < 0.85,
  };
}

function inventCount(random: Random): number | null {
  const fate = random();
  if (fate < 0.7) return null;
  return fate < 0.75 ? 0 : randomInteger(random, 1, 5000);
}
