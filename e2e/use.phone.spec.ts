import type { Page } from "@playwright/test";
import { magicProducts } from "@/local/bamboo/magic";
import { signInByForm } from "./support/people";
import { expectStanding, openProduct, placeOrder } from "./support/screens";
import { expect, test } from "./support/test";

test("a phone signs in, orders and reads the order without scrolling sideways", async ({ page }) => {
  await page.goto("/sign-in");
  await expectNoSidewaysScroll(page, "sign-in");
  await signInByForm(page, "buyer");
  await expect(page.getByRole("region", { name: "Brands" })).toBeVisible();
  await expectNoSidewaysScroll(page, "catalogue");

  const drawer = await openProduct(page, magicProducts.instant.name);
  await expect(drawer.getByRole("button", { name: "Place order" })).toBeInViewport();
  await expectNoSidewaysScroll(page, "product drawer");
  await placeOrder(page, drawer, 1);
  await expectStanding(page, /^Completed · 1 of 1 delivered$/);
  await expect(page.getByRole("button", { name: /^Reveal code ending/ })).toBeVisible();
  await expectNoSidewaysScroll(page, "order");

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Orders" }).click();
  await expect(page.getByRole("region", { name: "Orders" })).toBeVisible();
  await expectNoSidewaysScroll(page, "orders");
});

async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess, `${what}: pixels wider than the screen`).toBe(0);
}
