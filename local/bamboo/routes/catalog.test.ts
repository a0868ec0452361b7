import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { magicProducts } from "../magic";
import { startTestBamboo, type TestBamboo } from "../test-kit";

interface WireBrand {
  internalId: string;
  name: string;
  countryCode: string;
  currencyCode: string;
  logoUrl: string;
  products: {
    id: number;
    count: number | null;
    minFaceValue: number;
    price: { min: number; max: number; currencyCode: string };
  }[];
  categories: { id: number; name: string; description: string }[];
}
interface Page {
  pageIndex: number;
  pageSize: number;
  count: number;
  items: WireBrand[];
}

let bamboo: TestBamboo;
beforeAll(async () => {
  bamboo = await startTestBamboo({ brands: 40 });
});
afterAll(() => bamboo.sandbox.stop());

const page = async (query: string) => (await bamboo.api<Page>(`/v2.0/catalog${query}`)).body;

describe("the v2 catalogue", () => {
  test("pages by brand until the count is reached, and the pages make up the v1 catalogue", async () => {
    const pages = [await page("?PageSize=15"), await page("?PageSize=15&PageIndex=1"), await page("?PageSize=15&PageIndex=2")];
    const { body } = await bamboo.api<{ brands: WireBrand[] }>("/v1.0/catalog");
    expect(pages.flatMap((entry) => entry.items)).toEqual(body.brands);
    expect(pages.map((entry) => entry.count)).toEqual([body.brands.length, body.brands.length, body.brands.length]);
    expect((await page("?PageIndex=9")).items).toEqual([]);
  });

  test("begins with the sandbox brand", async () => {
    const [first] = (await page("?PageSize=1")).items;
    expect(first?.name).toBe("Sandbox Scenarios");
    expect(first?.products.find((product) => product.id === magicProducts.outOfStock.id)?.count).toBe(0);
  });

  test("clamps a page size above 100 and says so", async () => {
    expect(await page("?pagesize=5000")).toMatchObject({ pageIndex: 0, pageSize: 100 });
  });

  test("filters by country, currency, name, brand and product", async () => {
    const whole = await page("");
    const some = whole.items[3];
    expect(
      (await page(`?CountryCode=${some?.countryCode}`)).items.every((brand) => brand.countryCode === some?.countryCode),
    ).toBe(true);
    expect(
      (await page(`?CurrencyCode=${some?.currencyCode}`)).items.every((brand) => brand.currencyCode === some?.currencyCode),
    ).toBe(true);
    expect((await page(`?BrandId=${some?.internalId}`)).items).toEqual([some]);
    expect((await page("?Name=sandbox%20scen")).count).toBe(1);
    const [only] = (await page(`?ProductId=${magicProducts.fails.id}`)).items;
    expect(only?.products.map((product) => product.id)).toEqual([magicProducts.fails.id]);
    expect(await page("?ProductId=1")).toMatchObject({ count: 0, items: [] });
  });

  test("gives what was modified since a date", async () => {
    const today = new Date().toISOString().slice(0, 10);
    expect((await page(`?ModifiedDate=${today}`)).count).toBe(0);
    await bamboo.control.setPrice(magicProducts.instant.id, 8.5);
    const { items } = await page(`?ModifiedDate=${today}`);
    expect(items.flatMap((brand) => brand.products)).toMatchObject([
      { id: magicProducts.instant.id, price: { min: 8.5, max: 8.5 } },
    ]);
  });

  test("expresses prices in another currency", async () => {
    await bamboo.control.setRate("EUR", 0.5);
    const { items } = await page(`?ProductId=${magicProducts.fails.id}&TargetCurrency=EUR`);
    expect(items[0]?.products[0]?.price).toEqual({ min: 4.5, max: 4.5, currencyCode: "EUR" });
  });

  test("refuses a query that makes no sense", async () => {
    for (const query of ["PageIndex=-1", "ModifiedDate=soon", "TargetCurrency=QQQ", "PageSize=0"]) {
      expect((await bamboo.api(`/v2.0/catalog?${query}`)).status).toBe(400);
    }
  });

  test("answers to any case of the path and both spellings of the version", async () => {
    for (const path of ["/v2/CATALOG", "/V2.0/Catalog", "/v1/catalog"]) expect((await bamboo.api(path)).status).toBe(200);
    expect((await fetch(`${bamboo.sandbox.url}/API/Integration/v2.0/catalog`)).status).toBe(401);
  });

  test("serves the logos it names", async () => {
    const brand = (await page("")).items.find((entry) => entry.logoUrl !== "");
    const response = await fetch(brand?.logoUrl ?? "");
    expect(response.headers.get("content-type")).toBe("image/svg+xml");
    expect(await response.text()).toMatch(/^<svg /);
    expect((await fetch(`${bamboo.sandbox.url}/assets/brand-1.svg`)).status).toBe(404);
  });
});

describe("the v1 catalogue", () => {
  test("shows a sale at once", async () => {
    const { body } = await bamboo.api<{ brands: WireBrand[] }>("/v1/catalog");
    const product = body.brands.flatMap((brand) => brand.products).find((entry) => entry.id < 900_000 && (entry.count ?? 0) > 5);
    await bamboo.checkout([[product?.id ?? 0, 2, product?.minFaceValue ?? 0]]);
    const later = await page(`?ProductId=${product?.id}`);
    expect(later.items[0]?.products[0]?.count).toBe((product?.count ?? 0) - 2);
  });
});
