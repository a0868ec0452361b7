import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { magicProducts } from "@/local/bamboo/magic";
import { orderAndSettle } from "./support/api";
import { become } from "./support/people";
import { expect, test } from "./support/test";

const wish = { productId: magicProducts.instant.id, faceMinor: 1_000, quantity: 1 };

test("another partner's order looks exactly like one that does not exist", async ({ page }) => {
  await become(page, "buyer");
  const order = await orderAndSettle(page.request, wish);

  await become(page, "otherPartner");
  await page.goto(`/orders/${order.id}`);
  await expect(page.getByRole("heading", { name: "Order not found" })).toBeVisible();
  await expect(page.getByText(order.number)).toHaveCount(0);
  expect(await problemAt(page, "GET", `/api/v1/orders/${order.id}`)).toEqual(
    await problemAt(page, "GET", `/api/v1/orders/${randomUUID()}`),
  );
  expect(await problemAt(page, "POST", `/api/v1/orders/${order.id}/cancellation`)).toEqual(
    await problemAt(page, "POST", `/api/v1/orders/${randomUUID()}/cancellation`),
  );
  expect(await problemAt(page, "POST", `/api/v1/cards/${order.cardList[0]?.id}/reveals`)).toEqual(
    await problemAt(page, "POST", `/api/v1/cards/${randomUUID()}/reveals`),
  );
});

test("staff see the order on Metrics; to a partner the page does not exist", async ({ page }) => {
  await become(page, "buyer");
  const order = await orderAndSettle(page.request, wish);
  const response = await page.goto("/admin");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  expect((await page.request.get("/api/admin/metrics")).status()).toBe(404);

  await become(page, "admin");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Metrics" })).toBeVisible();
  const row = page.getByRole("table", { name: "Recent orders" }).getByRole("row").filter({ hasText: order.number });
  await expect(row).toContainText("Northwind Gifts");
  await expect(row).toContainText("Completed");
  await expect(
    page.getByRole("list", { name: "Orders by status" }).getByRole("listitem").filter({ hasText: "Completed" }),
  ).toBeVisible();
});

/** The body of a 404 without the id of the request, which alone may differ. */
async function problemAt(page: Page, method: "GET" | "POST", path: string): Promise<unknown> {
  const response = await page.request.fetch(path, { method, ...(method === "POST" && { data: {} }) });
  expect(response.status(), `${method} ${path}`).toBe(404);
  const { requestId, ...rest }: Record<string, unknown> = await response.json();
  expect(requestId).toEqual(expect.any(String));
  return rest;
}
