import { expect, it } from "vitest";
import type { CatalogFilters } from "./catalog-filters";
import { narrowPages } from "./narrow-pages";

const filters = (search: string, country: string | null = null): CatalogFilters => ({
  search,
  category: null,
  country,
  currency: null,
  inStock: false,
  priceFromMinor: null,
  priceToMinor: null,
  faceFromMinor: null,
  faceToMinor: null,
  onlyBrand: null,
});
const answer = (items: string[], approximate = false) => ({
  pages: [{ items, nextCursor: "next", approximate }],
  pageParams: [null],
});
const shown = (earlier: ReturnType<typeof answer>, before: CatalogFilters, now: CatalogFilters) =>
  narrowPages(earlier, before, now, (item: string) => item)?.pages.flatMap((page) => page.items);

it("keeps what has the words typed further, whatever its marks and case", () => {
  const earlier = answer(["Éclair Shop", "Eclipse", "Steam"]);
  expect(shown(earlier, filters(""), filters("ecl"))).toEqual(["Éclair Shop", "Eclipse"]);
  expect(shown(earlier, filters("ecl"), filters("ecl-sh"))).toEqual(["Éclair Shop"]);
});

it("has short words and numbers begin a word, as the server does", () => {
  const earlier = answer(["Steam 10 USD", "Steam 110 USD", "Eve Online 100 USD", "Noah’s Eve 20 EUR"]);
  expect(shown(earlier, filters(""), filters("10"))).toEqual(["Steam 10 USD", "Eve Online 100 USD"]);
  expect(shown(earlier, filters(""), filters("ev"))).toEqual(["Eve Online 100 USD", "Noah’s Eve 20 EUR"]);
  expect(shown(earlier, filters("noah"), filters("noahs e"))).toEqual(["Noah’s Eve 20 EUR"]);
  expect(shown(earlier, filters(""), filters("tea"))).toEqual(["Steam 10 USD", "Steam 110 USD"]);
});

it("reads an amount as one word, however it is written", () => {
  const earlier = answer(["Steam 12.5 EUR", "Steam 1000 EUR", "Steam 5 EUR"]);
  expect(shown(earlier, filters(""), filters("12.50 eur"))).toEqual(["Steam 12.5 EUR"]);
  expect(shown(earlier, filters(""), filters("1,000.00"))).toEqual(["Steam 1000 EUR"]);
  expect(shown(earlier, filters(""), filters("5."))).toEqual(["Steam 5 EUR"]);
});

it("promises no further page of a narrowed answer", () => {
  expect(narrowPages(answer(["Steam"]), filters(""), filters("s"), (item: string) => item)?.pages[0]?.nextCursor).toBeNull();
});

it.each([
  ["letters were taken away", filters("steam"), filters("st")],
  ["another filter changed too", filters("s"), filters("st", "DE")],
  ["nothing loaded has the words", filters(""), filters("xbox")],
])("leaves the earlier results where %s", (_why, before, now) => {
  expect(shown(answer(["Steam", "Stream"]), before, now)).toEqual(["Steam", "Stream"]);
});

it("does not narrow what only comes near", () => {
  expect(shown(answer(["Steam", "Stream"], true), filters("st"), filters("str"))).toEqual(["Steam", "Stream"]);
});
