import type { Locator, Page } from "@playwright/test";
import { magicProducts, sandboxBrand } from "@/local/bamboo/magic";
import { readProduct } from "./support/api";
import { become } from "./support/people";
import { expectStanding, fact, money, placeOrder, searchBox } from "./support/screens";
import { expect, test } from "./support/test";

test("filters live in the address, survive a reload and come off one by one", async ({ page }) => {
  await become(page, "buyer");
  await page.goto("/catalogue");
  await choose(page, "Country", /^Germany/);
  await choose(page, "Currency", /^EUR/);
  await page.getByRole("button", { name: "Face value", exact: true }).click();
  await page.getByLabel("From, EUR").fill("20");
  await page.getByLabel("From, EUR").fill("20x");
  await expect(page.getByText("Enter an amount in EUR, such as 25.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/country=DE.*currency=EUR.*faceFromMinor=2000/);

  await page.reload();
  const chips = page.getByRole("list", { name: "Filters in use" });
  await expect(chips.getByRole("button", { name: /^Remove filter/ })).toHaveText(["Germany", "EUR", /^Face value from 20/]);
  const facts = brands(page).getByRole("listitem");
  await expect(facts.first()).toContainText("Germany");
  for (const card of await facts.all()) await expect(card).toContainText(/Germany.*EUR/);

  await chips.getByRole("button", { name: "Remove filter: EUR" }).click();
  await expect(chips.getByRole("button", { name: /^Remove filter/ })).toHaveText(["Germany"]);
  await expect(page).toHaveURL(/\/catalogue\?country=DE$/);
  await chips.getByRole("button", { name: "Clear all" }).click();
  await expect(page).toHaveURL(/\/catalogue$/);
});

test("typing finds at once, a typo finds what comes near, and the keyboard is enough", async ({ page }) => {
  await become(page, "buyer");
  await page.goto("/catalogue");
  await expect(brands(page)).toBeVisible();
  await page.keyboard.press("/");
  await expect(searchBox(page)).toBeFocused();
  const waitsMs = await measureKeystrokes(page);
  for (const key of "san") {
    await page.keyboard.press(key);
    await expect(brands(page)).toHaveAttribute("aria-busy", "false");
  }
  // The rest as fast as a hand would: no key waits for the results of the one before.
  for (const key of "dbox") await page.keyboard.press(key);
  await expect(brands(page).getByRole("button")).toHaveText([sandboxBrand.name]);
  await expect(brands(page)).toHaveAttribute("aria-busy", "false");
  await expect.poll(async () => (await waitsMs.jsonValue()).length).toBe("sandbox".length);
  const sorted = (await waitsMs.jsonValue()).sort((a, b) => a - b).map((ms) => Math.round(ms));
  console.log(`  keystroke to results: median ${sorted[Math.floor(sorted.length / 2)]} ms, worst ${sorted.at(-1)} ms`);

  await searchBox(page).fill("sandbx scenaros");
  await expect(page.getByRole("status").filter({ hasText: "Nothing has “sandbx scenaros”; these come near." })).toBeVisible();
  const card = brands(page).getByRole("button", { name: sandboxBrand.name });
  await page.keyboard.press("Enter");
  await expect(card).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(drawerOf(page).getByRole("heading", { name: sandboxBrand.name })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawerOf(page)).toHaveCount(0);
  await expect(card).toBeFocused();
});

test("a brand's drawer offers its denominations with prices and reasons, and orders one of them", async ({ page }) => {
  const { outOfStock, anyAmount } = magicProducts;
  await become(page, "buyer");
  const { brand, priceMin } = await readProduct(page.request, anyAmount);
  const drawer = drawerOf(page);
  await page.goto(`/catalogue?brand=${brand.id}&product=${NO_PRODUCT}`);
  await expect(drawer.getByText("This is not in your catalogue")).toBeVisible();
  await page.goto(`/catalogue?brand=${brand.id}`);
  await expect(page, "the address names what is shown").toHaveURL(/[?&]product=\d+/);
  await drawer.getByRole("button", { name: /^Show all/ }).click();
  const soldOut = drawer.getByRole("radio", { name: new RegExp(outOfStock.name) });
  await expect(soldOut).toBeDisabled();
  await expect(drawer.getByRole("radio", { name: /out of stock.*Out of stock$/ })).toHaveCount(1);

  await drawer.getByRole("radio", { name: new RegExp(`^${anyAmount.name}.*1 – 500\\s*USD`) }).check();
  await expect(page).toHaveURL(new RegExp(`product=${anyAmount.id}`));
  await expect(drawer.getByText("From 1 USD to 500 USD.")).toBeVisible();
  await drawer.getByLabel("Face value of each card").fill("600");
  await expect(drawer.getByText("Enter an amount from 1 USD to 500 USD.")).toBeVisible();
  await expect(drawer.getByRole("button", { name: "Place order" })).toBeDisabled();
  await drawer.getByLabel("Face value of each card").fill("1");
  await expect(fact(drawer, /^Total$/)).toHaveText(money(priceMin?.amountMinor ?? 0));
  await drawer.getByText("How this price comes about").click();
  await expect(drawer.getByText(/, rule: /)).toBeVisible();
  await placeOrder(page, drawer, 2);
  await expectStanding(page, /^Completed · 2 of 2 delivered$/);
});

test("a list that is read again travels anew only where it has changed", async ({ browser }) => {
  // The guard against requests that leave this machine turns off the browser's own memory; this page has it.
  const context = await browser.newContext();
  const page = await context.newPage();
  await become(page, "buyer");
  await page.goto("/catalogue");
  await expect(brands(page)).toBeVisible();
  expect(await bodiesSent(page)).toEqual([true]);
  // Again where the catalogue did change in between.
  await expect(async () => {
    await page.reload();
    await expect(brands(page)).toBeVisible();
    expect(await bodiesSent(page)).toEqual([false]);
  }).toPass();
  await context.close();
});

/** No product of the supplier has this id. */
const NO_PRODUCT = 1;

/** For each read of the brands since the page came: whether the list itself was sent, or only word that the browser's copy holds. */
function bodiesSent(page: Page): Promise<boolean[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming && entry.name.includes("/api/v1/catalog/brands?"))
      .map((entry) => entry instanceof PerformanceResourceTiming && entry.transferSize >= entry.encodedBodySize),
  );
}

const brands = (page: Page): Locator => page.getByRole("region", { name: "Brands" });
const drawerOf = (page: Page): Locator => page.getByRole("dialog", { name: "Product" });

async function choose(page: Page, filter: string, option: RegExp): Promise<void> {
  await page.getByRole("combobox", { name: filter }).click();
  await page.getByRole("option", { name: option }).click();
}

/** Gives a list that grows with each letter typed: milliseconds from the key to the first frame after which its results stand on the page. */
function measureKeystrokes(page: Page) {
  const MAX_FRAMES = 600;
  return page.evaluateHandle((maxFrames) => {
    const waitsMs: number[] = [];
    const isShown = () => document.querySelector('main section[aria-busy="false"]') !== null;
    const onKey = ({ key }: KeyboardEvent) => {
      if (key.length !== 1) return;
      const startedAtMs = performance.now();
      let frames = 0;
      const look = () => {
        if (isShown()) waitsMs.push(performance.now() - startedAtMs);
        else if (++frames < maxFrames) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    };
    document.addEventListener("keydown", onKey, { capture: true });
    return waitsMs;
  }, MAX_FRAMES);
}
