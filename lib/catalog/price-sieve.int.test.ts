import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { db, type Transaction } from "@/drizzle/client";
import { partners, priceRules, rateSnapshots } from "@/drizzle/schema";
import { newId } from "@/lib/ids";
import { loadPriceList } from "@/lib/pricing";
import { seededRandom } from "@/local/bamboo/random";
import { makePartner } from "@/local/testing/factories";
import { affords, priceSieve } from "./price-sieve";
import { brandFactsSchema, productFactsSchema } from "./product-facts";
import { stockShelf } from "./shelf.fixture";
import { toProduct } from "./to-product";

const CURRENCIES = ["USD", "EUR", "JPY", "KWD", "GBP"];
/** No rate for the pound. */
const RATES = { EUR: "0.8123", JPY: "149.37", KWD: "0.30771", AED: "3.6725" };
const BRANDS = 12;
const RUNS = 30;
const FIRST_CATEGORY = 910_001;

type GivenRule = typeof rules extends fc.Arbitrary<(infer Rule)[]> ? Rule : never;
type Facts = Parameters<typeof toProduct>;
let shelf: { product: Facts[0]; brand: Facts[1] }[];

beforeAll(async () => {
  const random = seededRandom(5);
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from));
  shelf = [];
  for (let made = 0; made < BRANDS; made++) {
    const currency = CURRENCIES[made % CURRENCIES.length] ?? "USD";
    const categoryIds = [FIRST_CATEGORY + (made % 3), FIRST_CATEGORY + 3 + (made % 2)];
    const cards = Array.from({ length: 4 }, () => {
      const faceMinMinor = whole(1, 100_000);
      const faceMaxMinor = random() < 0.5 ? faceMinMinor : faceMinMinor + whole(1, 100_000);
      const [costMin, costMax] = [(random() * 900).toFixed(4), (900 + random() * 900).toFixed(4)];
      return {
        faceMinMinor,
        faceMaxMinor,
        costMin,
        costMax: faceMaxMinor === faceMinMinor ? costMin : costMax,
        costCurrency: CURRENCIES[whole(0, 5)] ?? "USD",
      };
    });
    const { brandId, productIds } = await stockShelf({ name: `Sieve ${made}`, currency }, cards, categoryIds);
    const brand = brandFactsSchema.parse({
      id: brandId,
      name: "",
      logoUrl: null,
      countryCode: null,
      currency,
      off: false,
      categories: categoryIds.map((id) => ({ id, name: "" })),
    });
    for (const [index, card] of cards.entries()) {
      const facts = {
        ...card,
        id: productIds[index],
        name: "",
        faceCurrency: currency,
        stock: null,
        withdrawn: false,
        inactive: false,
      };
      shelf.push({ product: productFactsSchema.parse(facts), brand });
    }
  }
});

const basisPoints = fc.integer({ min: 0, max: 9_999 });
const fee = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 }));
const kind = fc.constantFrom("discount_off_face" as const, "markup_on_cost" as const);
const scope = fc.oneof(
  fc.record({ scope: fc.constant("default" as const), at: fc.constant(0) }),
  fc.record({ scope: fc.constantFrom("brand" as const, "product" as const, "category" as const), at: fc.nat(BRANDS * 4 - 1) }),
);
const rules = fc.uniqueArray(fc.record({ scope, kind, basisPoints, fee }), {
  maxLength: 12,
  selector: ({ scope: { scope: where, at } }) => `${where} ${scopeIdOf(where, at)}`,
});

function scopeIdOf(where: "default" | "brand" | "product" | "category", at: number): string | null {
  const on = shelf?.[at];
  if (where === "default") return null;
  if (where === "category") return String(FIRST_CATEGORY + (at % 5));
  return where === "brand" ? (on?.brand.id ?? "") : String(on?.product.id);
}

/** As the newest there are, for as long as the work takes; other tests have rates of their own. */
function withRates(work: (tx: Transaction) => Promise<void>): Promise<void> {
  return db().transaction(
    async (tx) => {
      await tx
        .insert(rateSnapshots)
        .values({ id: newId(), base: "USD", rates: RATES, createdAt: new Date(Date.now() + 86_400_000) });
      await work(tx);
      tx.rollback();
    },
    { isolationLevel: "repeatable read" },
  );
}

async function setRules(tx: Transaction, partnerId: string, given: readonly GivenRule[]): Promise<void> {
  await tx.delete(priceRules).where(eq(priceRules.partnerId, partnerId));
  const rows = given.map(({ scope: { scope: where, at }, kind: how, basisPoints: points, fee: fixedFeeMinor }) => ({
    id: newId(),
    partnerId,
    name: "r",
    scope: where,
    scopeId: scopeIdOf(where, at),
    kind: how,
    basisPoints: points,
    fixedFeeMinor,
  }));
  if (rows.length > 0) await tx.insert(priceRules).values(rows);
}

async function sieve(
  tx: Transaction,
  partnerId: string,
  { priceFromMinor, priceToMinor }: { priceFromMinor?: number; priceToMinor?: number },
) {
  const { rows } = await tx.execute<{ id: number }>(
    sql`with ${priceSieve(partnerId, priceFromMinor, priceToMinor)} mine as (select 1) select id from affordable
      where id = any (${sql.param(shelf.map(({ product }) => product.id))}::bigint[])`,
  );
  return new Set(rows.map(({ id }) => id));
}

test("the sieve never loses a product that the prices let through, and holds back most of the others", async () => {
  const { partnerId } = await makePartner();
  let [fit, passed, held] = [0, 0, 0];
  const property = (tx: Transaction) =>
    fc.asyncProperty(
      rules,
      fc.constantFrom(...CURRENCIES),
      fc.nat(47),
      fc.integer({ min: -1, max: 1 }),
      async (given, currency, at, off) => {
        await setRules(tx, partnerId, given);
        await tx.update(partners).set({ currency }).where(eq(partners.id, partnerId));
        const prices = await loadPriceList(tx, partnerId);
        const offered = shelf.map(({ product, brand }) => toProduct(product, brand, prices, false));
        // Bounds at a price itself, and one beside it: where a rounding would show.
        const bound = Math.max(0, (offered[at]?.priceMin?.amountMinor ?? 1_000) + off);
        for (const range of [
          { priceFromMinor: bound },
          { priceToMinor: bound },
          { priceFromMinor: bound, priceToMinor: bound },
        ]) {
          const kept = await sieve(tx, partnerId, range);
          const fitting = offered.filter((product) => affords(product, range));
          expect(fitting.filter(({ id }) => !kept.has(id))).toEqual([]);
          fit += fitting.length;
          passed += kept.size;
          held += shelf.length - kept.size;
        }
      },
    );
  await expect(withRates((tx) => fc.assert(property(tx), { numRuns: RUNS, seed: 11 }))).rejects.toThrow(/rollback/i);
  expect(fit).toBeGreaterThan(RUNS);
  expect(held).toBeGreaterThan(passed / 2);
});
