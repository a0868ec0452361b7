import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { brands } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { generateBrands } from "@/local/bamboo/catalog/generate";
import { type Random, seededRandom } from "@/local/bamboo/random";
import { freshCatalogue, makePartner } from "@/local/testing/factories";
import { listBrands } from ".";
import { brandsQuery } from "./schemas";
import { loadCatalogReader, stockShelf } from "./shelf.fixture";

const BRANDS = 30;
const SEED = 20_261_123;
const LONG = 5;
const ENOUGH = 0.9;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
/** Names that people know and mistype, beside invented ones. */
const KNOWN = [
  "Steam",
  "Netflix",
  "Spotify",
  "Google Play",
  "PlayStation Plus",
  "Nintendo eShop",
  "Roblox",
  "Uber Eats",
  "Airbnb",
  "Zalando",
  "Decathlon",
  "Starbucks",
  "Carrefour",
  "Sephora",
  "H&M",
  "Ikea",
  "Valorant Points",
  "Razer Gold",
  "Twitch",
  "Deliveroo",
];

let ctx: Ctx;
const names = new Map<string, string>();

beforeAll(async () => {
  ({ ctx } = await makePartner());
  await freshCatalogue();
  const invented = generateBrands({ seed: SEED, brands: BRANDS }).map(({ name, countryCode }) => ({ name, countryCode }));
  for (const brand of [...invented, ...KNOWN.map((name) => ({ name, countryCode: "US" }))]) {
    const { brandId } = await stockShelf(brand, [{ faceMinMinor: 1_000 }]);
    names.set(brandId, brand.name);
  }
});

async function stockAmounts(): Promise<void> {
  for (const [name, faceMinMinor] of [["Amounted", 1_250] as const, ["Thousand", 100_000] as const])
    await stockShelf({ name, countryCode: "US" }, [{ faceMinMinor }]);
}

async function found(search: string): Promise<{ approximate: boolean; names: string[] }> {
  const { items, approximate } = await listBrands(await loadCatalogReader(ctx, search), brandsQuery.parse({ search }));
  return { approximate, names: items.map(({ name }) => name) };
}

/** One letter dropped, doubled or replaced, or two swapped. */
function mistyped(word: string, random: Random): string {
  const at = Math.floor(random() * (word.length - 1));
  const [before, letter, next, after] = [
    word.slice(0, at),
    word.slice(at, at + 1),
    word.slice(at + 1, at + 2),
    word.slice(at + 2),
  ];
  const other = LETTERS.charAt((LETTERS.indexOf(letter) + 1 + Math.floor(random() * 24)) % LETTERS.length);
  const edits = [
    `${before}${next}${after}`,
    `${before}${next}${letter}${after}`,
    `${before}${letter}${letter}${next}${after}`,
    `${before}${other}${next}${after}`,
  ];
  return edits[Math.floor(random() * edits.length)] ?? word;
}

test("one slip in a word of five letters or more still finds the brand on the first page, nine times of ten", async () => {
  const random = seededRandom(SEED);
  const missed: string[] = [];
  let tries = 0;
  for (const name of names.values()) {
    const words = name.toLowerCase().split(/[^a-z]+/);
    for (const [place, word] of words.entries()) {
      if (word.length < LONG) continue;
      const slip = mistyped(word, random);
      const whole = words.with(place, slip).join(" ");
      tries += 1;
      // By itself it may mean any brand that bears the word; within the name it means this one.
      const alone = tries % 2 === 0;
      const right = (candidate: string) => (alone ? candidate.toLowerCase().includes(word) : candidate === name);
      if (!(await found(alone ? slip : whole)).names.some(right)) missed.push(`${alone ? slip : whole} (${name})`);
    }
  }
  expect(tries).toBeGreaterThan(BRANDS);
  expect(missed.length / tries, missed.join(", ")).toBeLessThanOrEqual(1 - ENOUGH);
});

test("what has the words as typed is all that is shown; without any, what comes near says so", async () => {
  expect(await found("steam")).toMatchObject({ approximate: false });
  expect((await found("steam")).names).toContain("Steam");
  const near = await found("staem");
  expect(near).toMatchObject({ approximate: true });
  expect(near.names[0]).toBe("Steam");
  expect(await found("xqzwkvj")).toEqual({ approximate: false, names: [] });
});

test.each(["NETFLIX", "netfl", "flix", "Nétflix®", "netflix usd", "netflix 10", "us netflix", "netflix america", "  netflix!! "])(
  "%s finds it as typed",
  async (search) => {
    const { approximate, names: shown } = await found(search);
    expect(shown).toContain("Netflix");
    expect(approximate).toBe(false);
  },
);

test("a face value is found as people write it", async () => {
  await stockAmounts();
  for (const search of ["amounted 12.50", "amounted 12.5", "amounted $12.50", "amounted 12"])
    expect(await found(search), search).toEqual({ approximate: false, names: ["Amounted"] });
  for (const search of ["thousand 1,000", "thousand 1000", "thousand 1,000.00"])
    expect(await found(search), search).toEqual({ approximate: false, names: ["Thousand"] });
  expect(await found("amounted 2.5")).toMatchObject({ names: [] });
});

test("filters that hold back what has the words do not make others come near", async () => {
  await stockShelf({ name: "Steem", countryCode: "DE" }, [{ faceMinMinor: 1_000 }]);
  const list = async (typed: string, query: object) =>
    listBrands(await loadCatalogReader(ctx, typed), brandsQuery.parse({ search: typed, ...query }));
  expect(await list("steam", { country: "DE" })).toMatchObject({ approximate: false, items: [] });
  const near = await list("staem", { country: "DE" });
  expect(near).toMatchObject({ approximate: true, items: [{ name: "Steem" }] });
});

test("a beginning with a slip comes near, as somebody types", async () => {
  expect((await found("nintnedo e")).names).toContain("Nintendo eShop");
  expect((await found("playsta tion")).names).not.toContain("Netflix");
  expect((await found("decahtl")).names).toContain("Decathlon");
});

test("short words and numbers begin a word; signs and marks say nothing", async () => {
  expect((await found("h&m")).names).toContain("H&M");
  expect((await found("zz")).names).toEqual([]);
  expect(await found("netflix 0")).toMatchObject({ names: [] });
  expect((await found("%_")).names.length).toBeGreaterThan(1);
});

test.each([
  ["12.50", "12.5"],
  ["$1,000.00", "1000"],
  ["1,000,000 USD.", "1000000 usd"],
  ["1.05, 20.00. 3.10.", "1.05 20 3.1"],
  ["10,20 and 100", "10 20 and 100"],
  ["v2.0.1 no.5", "v2.0.1 no 5"],
])("an amount is one word however it is written: %s", async (typed, word) => {
  const { rows } = await db().execute<{ text: string }>(sql`select search_normal(${typed}) as text`);
  expect(rows[0]?.text).toBe(word);
});

test("stored and typed texts are made alike", async () => {
  const normal = async (text: string) =>
    (await db().execute<{ text: string }>(sql`select search_normal(${text}) as text`)).rows[0]?.text;
  expect(await normal("  Ænima’s Café—Ölgemälde™ (№ 5) ﬁ ")).toBe("ænimas cafe olgemalde no 5 fi");
  expect(await normal("Ørsted Łódź")).toBe("orsted lodz");
  expect(await normal("ゲームズ・ｶﾞｰﾄﾞ")).toBe("ゲームズ ガード");
  expect(await normal("क्रिकेट ‘हिन्दी’ (₹500)")).toBe("क्रिकेट हिन्दी 500");
  expect(await normal("بِطَاقَة، هدية")).toBe("بِطَاقَة هدية");
  expect(await normal("Thẻ Quà Tặng Đà Nẵng")).toBe("the qua tang da nang");
  expect(await normal("한국 ก๋วยเตี๋ยว")).toBe("한국 ก๋วยเตี๋ยว");
  const { rows } = await db().execute<{ words: string[] }>(sql`select search_words('Steam steam STEAM card') as words`);
  expect(rows[0]?.words).toEqual(["steam", "card"]);
  const { rows: kept } = await db().execute<{ sort_name: string }>(
    sql`select sort_name from ${brands} where name = 'Nintendo eShop' limit 1`,
  );
  expect(kept[0]?.sort_name).toBe("nintendo eshop");
});
