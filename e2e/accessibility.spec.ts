import { magicProducts } from "@/local/bamboo/magic";
import { expectAccessible } from "./support/accessibility";
import { orderAndSettle } from "./support/api";
import { become } from "./support/people";
import { openProduct } from "./support/screens";
import { expect, test } from "./support/test";

for (const colorScheme of ["light", "dark"] as const) {
  test(`every screen is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/sign-in");
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    await expectAccessible(page, "sign-in");

    await become(page, "buyer");
    await page.goto("/catalogue");
    await expect(page.getByRole("region", { name: "Brands" })).toBeVisible();
    await expectAccessible(page, "catalogue, brands");
    await page.getByRole("button", { name: "Your price" }).click();
    await expect(page.getByRole("dialog", { name: "Your price" })).toBeVisible();
    await expectAccessible(page, "price filter");
    await page.keyboard.press("Escape");
    await openProduct(page, magicProducts.anyAmount.name);
    await expectAccessible(page, "product drawer");
    await page.getByRole("button", { name: "Close" }).click();
    await expectAccessible(page, "catalogue, products");

    const order = await orderAndSettle(page.request, { productId: magicProducts.instant.id, faceMinor: 1_000, quantity: 1 });
    await page.goto("/orders");
    await expect(page.getByRole("link", { name: order.number })).toBeVisible();
    await expectAccessible(page, "orders");
    await page.goto(`/orders/${order.id}`);
    await expect(page.getByRole("heading", { name: `Order ${order.number}` })).toBeVisible();
    await expectAccessible(page, "order");
    await page.goto("/wallet");
    await expect(page.getByRole("heading", { name: "Available in USD" })).toBeVisible();
    await expectAccessible(page, "wallet");
    await page.goto("/no-such-page");
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    await expectAccessible(page, "404");

    await become(page, "admin");
    await page.goto("/admin");
    await expect(page.getByRole("table", { name: "Recent orders" })).toBeVisible();
    await expectAccessible(page, "metrics");
    await page.goto("/admin/stuck");
    const nothing = page.getByRole("heading", { name: "Nothing is in doubt" });
    await expect(nothing.or(page.getByRole("region", { name: "Purchases in doubt", exact: true }))).toBeVisible();
    await expectAccessible(page, "stuck");
    await page.goto("/admin/ledger");
    await expect(page.getByRole("table", { name: "Wallets by partner" })).toBeVisible();
    await expectAccessible(page, "ledger");
    await page.getByRole("button", { name: "Actions for Northwind Gifts, USD" }).click();
    await page.getByRole("menuitem", { name: "Request adjustment" }).click();
    await expect(page.getByRole("dialog", { name: "Request adjustment" })).toBeVisible();
    await expectAccessible(page, "adjustment");
    await page.goto("/admin/ledger?view=transfers");
    await expect(page.getByRole("table", { name: "Transfers, newest first" })).toBeVisible();
    await expectAccessible(page, "transfers");
    await page.goto("/admin/alerts");
    await expect(page.getByRole("region", { name: "Open alerts" })).toBeVisible();
    await expectAccessible(page, "alerts");
  });
}
