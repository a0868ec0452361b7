import { magicProducts } from "@/local/bamboo/magic";
import { postOrder, readWallet } from "./support/api";
import { become, signInByForm } from "./support/people";
import { openProduct } from "./support/screens";
import { expect, test } from "./support/test";

test("a product that is out of stock cannot be ordered, and says why", async ({ page }) => {
  const { id, name } = magicProducts.outOfStock;
  await become(page, "buyer");
  await page.goto("/catalogue");
  const drawer = await openProduct(page, name);
  await expect(drawer.getByText(/is out of stock; it opens again once the supplier has it/)).toBeVisible();
  await expect(drawer.getByRole("button", { name: "Place order" })).toHaveCount(0);
  await expect(drawer.getByLabel("Quantity")).toHaveCount(0);
  await drawer.getByRole("button", { name: "Close" }).click();
  const card = page.getByRole("listitem").filter({ has: page.getByRole("button", { name, exact: true }) });
  await expect(card.getByText("Out of stock", { exact: true })).toBeVisible();

  const refused = await postOrder(page.request, { productId: id, faceMinor: 1_000, quantity: 1 });
  expect(refused.status()).toBe(409);
  expect(await refused.json()).toMatchObject({ code: "not_orderable" });
});

test("a wrong password says what to do about it", async ({ page }) => {
  await page.goto("/sign-in");
  await signInByForm(page, "buyer", "not-the-password-at-all");
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(
    "Email and password do not match. Check both, or ask an owner of your team to reset your password.",
  );
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  expect(new URL(page.url()).search).toBe("");
  expect((await page.request.get("/api/v1/me")).status()).toBe(401);
});

test("a viewer may look but not order", async ({ page }) => {
  const { id, name } = magicProducts.instant;
  await become(page, "viewer");
  const before = await readWallet(page.request);
  await page.goto("/catalogue");
  const drawer = await openProduct(page, name);
  await expect(drawer.getByText("Your role may look but not order.")).toBeVisible();
  await expect(drawer.getByRole("button", { name: "Place order" })).toHaveCount(0);

  const refused = await postOrder(page.request, { productId: id, faceMinor: 1_000, quantity: 1 });
  expect(refused.status()).toBe(403);
  expect(await refused.json()).toMatchObject({ code: "forbidden" });
  expect(await readWallet(page.request)).toEqual(before);
});
