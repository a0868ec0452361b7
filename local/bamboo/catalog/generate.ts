import { convertUnits } from "../money/cost";
import { RateTable } from "../money/rates";
import { pick, type Random, randomInteger, seededRandom, shuffled } from "../random";
import { generateProducts } from "./generate-products";
import { CATALOG_EPOCH_MS, type Country, categories, countries, GLOBAL_COUNTRY } from "./reference";
import type { Brand } from "./types";
import { descriptions, disclaimers, endings, instructions, roots, termTexts, trades } from "./words";

const FIRST_BRAND_ID = 1001;
const FIRST_PRODUCT_ID = 500_001;
const MAX_COUNTRIES_PER_FAMILY = 6;
const GLOBAL_SHARE = 0.05;
const INACTIVE_SHARE = 0.01;
const NO_LOGO_SHARE = 0.08;
const DAY_MS = 86_400_000;

interface Family {
  name: string;
  sku: string;
  categoryIds: number[];
}

/** The ordinary brands: the same for the same seed and number, in the order of their ids. */
export function generateBrands(options: { seed: number; brands: number }): Brand[] {
  const random = seededRandom(options.seed);
  const names = shuffled(
    random,
    roots.flatMap((root) => endings.map((ending) => root + ending)),
  );
  const rates = new RateTable(options.seed, () => CATALOG_EPOCH_MS);
  const convert = (units: number, from: string, to: string) => convertUnits(units, rates.between(from, to) ?? 0);
  const brands: Brand[] = [];
  let productId = FIRST_PRODUCT_ID;
  for (let turn = 0; brands.length < options.brands; turn += 1) {
    const family = inventFamily(random, names[turn % names.length] ?? "Plain", Math.floor(turn / names.length));
    const homes = homesOf(random, brands.length).slice(0, options.brands - brands.length);
    for (const home of homes) {
      const brand = inventBrand(random, FIRST_BRAND_ID + brands.length, family, home);
      brand.products = generateProducts({ random, brand, firstId: productId, convert });
      productId += brand.products.length;
      brands.push(brand);
    }
  }
  return brands;
}

function inventFamily(random: Random, stem: string, generation: number): Family {
  const main = pick(random, categories);
  const second = random() < 0.3 ? pick(random, categories) : main;
  const word = generation === 0 ? stem : `${stem}${generation + 1}`;
  return {
    name: `${word} ${trades[main.id] ?? "Shop"}`,
    sku: `${word}${trades[main.id] ?? "Shop"}`.toUpperCase(),
    categoryIds: [...new Set([main.id, second.id])],
  };
}

/** Each country is some family's home within the first brands, so that even a short catalogue is varied. */
function homesOf(random: Random, brandsSoFar: number): Country[] {
  if (random() < GLOBAL_SHARE)
    return [{ code: GLOBAL_COUNTRY, name: "Global", currency: pick(random, ["USD", "EUR", "USD"]), alpha3: "" }];
  const home = countries[brandsSoFar % countries.length];
  const others = shuffled(random, countries).filter((country) => country !== home);
  return [...(home ? [home] : []), ...others].slice(0, randomInteger(random, 1, MAX_COUNTRIES_PER_FAMILY));
}

function inventBrand(random: Random, id: number, family: Family, home: Country): Brand {
  const isGlobal = home.code === GLOBAL_COUNTRY;
  return {
    id,
    name: isGlobal ? `${family.name} Global` : `${family.name} ${home.name}`,
    sku: `${family.sku}-${home.code}`,
    countryCode: home.code,
    currencyCode: home.currency,
    description: pick(random, descriptions)(family.name),
    disclaimer: pick(random, disclaimers),
    redemptionInstructions: pick(random, instructions),
    terms: pick(random, termTexts),
    status: random() < INACTIVE_SHARE ? "TemporaryInactive" : "Live",
    hasLogo: random() >= NO_LOGO_SHARE,
    modifiedAtMs: CATALOG_EPOCH_MS - Math.floor(random() * 300 * DAY_MS),
    categoryIds: random() < 0.02 ? [] : family.categoryIds,
    products: [],
  };
}
