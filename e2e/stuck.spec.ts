import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { magicProducts } from "@/local/bamboo/magic";
import { expectAccessible } from "./support/accessibility";
import { FINAL_TIMEOUT_MS, finalOrder, postOrder } from "./support/api";
import { become } from "./support/people";
import { theRunning } from "./support/running";
import { supplier } from "./support/supplier";
import { expect, test } from "./support/test";

const wish = { productId: magicProducts.acceptsThenCuts.id, faceMinor: 1_000, quantity: 1 };
/** The queue is relayed, the purchase is made, and its first read fails. */
const ASKED_TIMEOUT_MS = 20_000;
/** Reads that fail may open the breaker, which lets one through a quarter of a minute later. */
const TEST_TIMEOUT_MS = 120_000;

/** An order whose purchase was taken in, with the answer lost; its reads get no answer until the fault is removed. */
async function orderInDoubt(page: Page): Promise<{ id: string; number: string; repair: () => Promise<unknown> }> {
  const fault = await supplier().addFault({ endpoint: "order", times: null, act: { kind: "cutBefore" } });
  await become(page, "buyer");
  const response = await postOrder(page.request, wish);
  expect(response.status(), await response.text()).toBe(202);
  const { id, number } = orderAcceptedSchema.parse(await response.json());
  return { id, number, repair: () => supplier().removeFault(fault.id) };
}

/** The row of the order's purchase, once it is in doubt. */
function rowOf(page: Page, orderNumber: string) {
  return page.getByRole("table", { name: "Purchases in doubt, longest first" }).getByRole("row").filter({ hasText: orderNumber });
}

test("a purchase in doubt is shown with its evidence, asked about again, and leaves by itself when it is cleared up", async ({
  page,
}) => {
  test.setTimeout(TEST_TIMEOUT_MS);
  const order = await orderInDoubt(page);
  try {
    await become(page, "admin");
    await page.goto("/admin/stuck");
    await expect(rowOf(page, order.number)).toContainText("Northwind Gifts", { timeout: ASKED_TIMEOUT_MS });
    await expectAccessible(page, "stuck, with a purchase");
    await rowOf(page, order.number).getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1, name: "Purchase" })).toBeVisible();
    await expect(page.getByRole("listitem").filter({ hasText: "Attempt 1" })).toContainText("No clear answer");
    await expect(page.getByText("Why is there no refund or second purchase here?")).toBeVisible();
    await expect(page.getByRole("button", { name: /refund|return|buy|order/i })).toHaveCount(0);

    await expectAccessible(page, "purchase in doubt");

    const ask = page.getByRole("button", { name: "Ask the supplier again" });
    await ask.click();
    await expect(ask).toBeDisabled();
    await expect(ask).toHaveAccessibleDescription(/Again in \d+ s/);
    const asked = await page.request.post(`/api/admin/stuck/${dispatchIn(page)}/inquiries`, { data: {} });
    expect(asked.status()).toBe(409);
  } finally {
    await order.repair();
  }
  expect((await callBack(page, dispatchIn(page))).status()).toBe(204);
  await expect(page.getByText("Settled", { exact: true })).toBeVisible({ timeout: FINAL_TIMEOUT_MS });
  await expect(page.getByRole("button", { name: "Ask the supplier again" })).toHaveCount(0);
  await become(page, "buyer");
  expect((await finalOrder(page.request, order.id)).status).toBe("completed");
});

test("to a partner the queue does not exist", async ({ page }) => {
  await become(page, "buyer");
  expect((await page.goto("/admin/stuck"))?.status()).toBe(404);
  for (const path of ["/api/admin/stuck", `/api/admin/stuck/${randomUUID()}`])
    expect((await page.request.get(path)).status(), path).toBe(404);
  const asked = await page.request.post(`/api/admin/stuck/${randomUUID()}/inquiries`, { data: {} });
  expect(asked.status()).toBe(404);
});

test("a callback is answered alike whether its purchase exists or not", async ({ page }) => {
  const [known] = await supplier().orders();
  for (const requestId of [randomUUID(), known?.requestId ?? randomUUID()]) {
    const answer = await callBack(page, requestId);
    expect([answer.status(), await answer.text()]).toEqual([204, ""]);
  }
  expect((await callBack(page, randomUUID(), "not-the-secret")).status()).toBe(401);
});

/** The purchase whose page is open. */
const dispatchIn = (page: Page): string => new URL(page.url()).pathname.split("/").at(-1) ?? "";

/** What the supplier sends when a purchase is over. */
function callBack(page: Page, requestId: string, secretKey = theRunning().env.BAMBOO_NOTIFICATION_SECRET ?? "") {
  return page.request.post("/api/bamboo/notification", {
    data: { orderId: 1, status: "succeeded", totalCards: 1, requestId, secretKey },
  });
}
