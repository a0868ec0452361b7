import { magicProducts } from "@/local/bamboo/magic";
import { expectAccessible } from "./support/accessibility";
import { orderAndSettle } from "./support/api";
import { become } from "./support/people";
import { expect, test } from "./support/test";

const wish = { productId: magicProducts.instant.id, faceMinor: 1_000, quantity: 1 };
/** Beyond one refresh of the list. */
const LISTED_TIMEOUT_MS = 15_000;

test("staff see the budgets, and a call appears with its purchase after an order", async ({ page }) => {
  await become(page, "admin");
  await page.goto("/admin/supplier");
  const endpoints = page.getByRole("table", { name: "Endpoints of the supplier" });
  const placing = endpoints.getByRole("row").filter({ hasText: "placeOrder" });
  await expect(placing).toContainText("Closed");
  await expect(placing).toContainText(/\d of 2/);
  await expect(placing).toContainText("2 in 1 s, 500 ms apart");
  await expect(placing.getByRole("meter", { name: "Budget of Place order" })).toBeAttached();
  await expect(endpoints.getByRole("row").filter({ hasText: "getOrder" })).toContainText("120 in 1 min");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();

  // A page that is open would ask on as the buyer, and lead to the sign-in.
  await page.goto("about:blank");
  await become(page, "buyer");
  const order = await orderAndSettle(page.request, wish);
  expect(order.status).toBe("completed");
  await become(page, "admin");
  await page.goto("/admin/supplier?endpoint=placeOrder&outcome=placed");
  const calls = page.getByRole("table", { name: "Calls to the supplier, newest first" });
  const newest = calls.getByRole("row").nth(1);
  await expect(newest).toContainText("Place order", { timeout: LISTED_TIMEOUT_MS });
  await expect(newest).toContainText("Taken in");
  await expect(page.getByText(magicProducts.instant.name, { exact: true })).toBeVisible();
  await newest.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: "Purchase" })).toBeVisible();
  await expect(page.getByText("Settled", { exact: true })).toBeVisible();
  await expect(page.getByText(order.number)).toBeVisible();
});

test("the list of calls is filtered by the address, and an empty one says what to do", async ({ page }) => {
  await become(page, "admin");
  await page.goto("/admin/supplier?endpoint=ordersReport&outcome=rejected");
  await expect(page.getByRole("heading", { name: "No call matches" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/admin\/supplier$/);
  await page.getByRole("combobox", { name: "Endpoint" }).click();
  await page.getByRole("option", { name: "Catalogue" }).click();
  await expect(page).toHaveURL(/endpoint=catalog/);
  const rows = page.getByRole("table", { name: "Calls to the supplier, newest first" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("Catalogue");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the Supplier page is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await become(page, "admin");
    await page.goto("/admin/supplier");
    await expect(page.getByRole("table", { name: "Endpoints of the supplier" })).toBeVisible();
    await expect(page.getByRole("table", { name: "Calls to the supplier, newest first" })).toBeVisible();
    await expectAccessible(page, "supplier");
  });
}

test("to a partner the supplier's page does not exist", async ({ page }) => {
  await become(page, "buyer");
  expect((await page.goto("/admin/supplier"))?.status()).toBe(404);
  for (const path of ["", "/calls", "/refreshes"])
    expect((await page.request.get(`/api/admin/supplier${path}`)).status(), path).toBe(404);
});
