import type { Locator, Page } from "@playwright/test";
import { FINAL_TIMEOUT_MS } from "./api";
import { expect } from "./test";

/** The value beside a term of a description list, such as Held of the wallet. */
export function fact(scope: Page | Locator, name: string | RegExp): Locator {
  const text = typeof name === "string" ? new RegExp(`^${name}`) : name;
  return scope.getByRole("term").filter({ hasText: text }).locator("xpath=following-sibling::dd[1]");
}

/** "1,854.00 USD" as the screens write it, with any kind of space before the code. */
export function money(amountMinor: number, currency = "USD"): RegExp {
  const amount = new Intl.NumberFormat("en", { minimumFractionDigits: 2 }).format(amountMinor / 100);
  return new RegExp(`(?<![\\d,.])${amount.replaceAll(".", "\\.")}\\s${currency}`);
}

/** Finds a product by the catalogue's search and opens it. The page shows the catalogue, in whichever view. */
export async function openProduct(page: Page, name: string, search = name): Promise<Locator> {
  await page.getByRole("radio", { name: "Products" }).click();
  await searchBox(page).fill(search);
  await page.getByRole("button", { name, exact: true }).click();
  const drawer = page.getByRole("dialog", { name: "Product" });
  await expect(drawer.getByRole("heading", { name, exact: true })).toBeVisible();
  return drawer;
}

export const searchBox = (page: Page): Locator => page.getByRole("searchbox", { name: "Search the catalogue" });

/** Orders what the drawer shows and follows to the order's page. Gives the order's id. */
export async function placeOrder(page: Page, drawer: Locator, quantity: number): Promise<string> {
  await drawer.getByLabel("Quantity").fill(String(quantity));
  await drawer.getByRole("button", { name: "Place order" }).click();
  await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name: /^Order ST-\d+$/ })).toBeVisible();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Waits, without a reload, until the order's page itself says so. */
export async function expectStanding(page: Page, standing: RegExp): Promise<void> {
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: standing })).toBeVisible({
    timeout: FINAL_TIMEOUT_MS,
  });
}
