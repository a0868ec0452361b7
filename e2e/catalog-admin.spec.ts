import { randomUUID } from "node:crypto";
import type { APIRequestContext, Page } from "@playwright/test";
import { brandsPage, type Product, priceSchema, productDetailSchema, productsPage } from "@/lib/catalog/schemas";
import { sandboxBrand } from "@/local/bamboo/magic";
import { expectAccessible } from "./support/accessibility";
import { postOrder } from "./support/api";
import { become } from "./support/people";
import { money } from "./support/screens";
import { expect, test } from "./support/test";

const PARTNER = "Northwind Gifts";
const ADMIN = "Amira Haddad";
const VIEWS = ["refresh", "changes", "brands", "rates", "rules"];
const HOUR_MS = 3_600_000;

/** A product of an ordinary brand: the other flows live on the brand with the magic products. */
async function ordinaryProduct(request: APIRequestContext): Promise<Product> {
  const brands = brandsPage.parse(await (await request.get("/api/v1/catalog/brands?inStock=true&limit=20")).json()).items;
  const brand = brands.find(({ id, orderable }) => id !== String(sandboxBrand.id) && orderable > 0);
  const answer = await request.get(`/api/v1/catalog/products?inStock=true&limit=20&brand=${brand?.id}`);
  const product = productsPage.parse(await answer.json()).items.find(({ kind, unavailable }) => kind === "fixed" && !unavailable);
  if (!product) throw new Error("No ordinary brand has a product that can be ordered. The sandbox lists hundreds.");
  return product;
}

/** Makes the browser another person. A page that is open would ask on as them. */
async function changeTo(page: Page, person: "admin" | "buyer"): Promise<void> {
  await page.goto("about:blank");
  await become(page, person);
}

test("a brand that is switched off cannot be ordered and says so, until it is on again", async ({ page }) => {
  await become(page, "buyer");
  const { id, brand, faceMin } = await ordinaryProduct(page.request);
  const standing = async () =>
    productDetailSchema.parse(await (await page.request.get(`/api/v1/catalog/products/${id}`)).json()).unavailable;
  expect(await standing()).toBeNull();

  await changeTo(page, "admin");
  try {
    await page.goto(`/admin/catalogue?view=brands&search=${encodeURIComponent(brand.name)}`);
    await page.getByRole("button", { name: `Switch ${brand.name} off`, exact: true }).click();
    const question = page.getByRole("alertdialog");
    await expect(question).toContainText("no partner can order");
    await question.getByRole("button", { name: "Yes, switch it off" }).click();
    await expect(question.getByText("Say why; the next admin will ask.")).toBeVisible();
    await question.getByLabel("Why").fill("Codes came back as used");
    await question.getByRole("button", { name: "Yes, switch it off" }).click();
    await expect(question).toBeHidden();
    const item = page.getByRole("region", { name: "Brands" }).getByRole("listitem").first();
    await expect(item).toContainText(`Codes came back as used — ${ADMIN}`);
    const on = item.getByRole("button", { name: `Switch ${brand.name} on`, exact: true });
    await expect(on).toBeFocused();

    await changeTo(page, "buyer");
    const refused = await postOrder(page.request, { productId: id, faceMinor: faceMin.amountMinor, quantity: 1 });
    expect(refused.status()).toBe(409);
    expect(await refused.json()).toMatchObject({ code: "not_orderable", detail: expect.stringContaining("switched off") });
    await page.goto(`/catalogue?product=${id}`);
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByText(/is switched off for now; ask your account manager/).first()).toBeVisible();

    await changeTo(page, "admin");
    await page.goto("/admin/catalogue?view=brands&off=true");
    await page.getByRole("button", { name: `Switch ${brand.name} on`, exact: true }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Yes, switch it on" }).click();
    await expect(page.getByText(`${brand.name} is on again`)).toBeVisible();
    await changeTo(page, "buyer");
    expect(await standing()).toBeNull();
  } finally {
    await changeTo(page, "admin");
    await page.request.put(`/api/admin/catalog/brands/${brand.id}/switch`, { data: { on: true } });
  }
});

test("a rule shows what it would do, prices the partner's catalogue at once, and is taken away again", async ({ page }) => {
  await become(page, "buyer");
  const { id, name, brand, faceMin } = await ordinaryProduct(page.request);
  const priceMinor = async () => {
    const answer = await page.request.get(`/api/v1/catalog/products/${id}/price?faceMinor=${faceMin.amountMinor}`);
    return priceSchema.parse(await answer.json()).unitPrice?.amountMinor ?? 0;
  };
  const before = await priceMinor();

  await changeTo(page, "admin");
  await page.goto("/admin/catalogue?view=rules");
  await page.getByRole("button", { name: new RegExp(PARTNER) }).click();
  await page.getByRole("button", { name: "Add a price rule" }).click();
  const sheet = page.getByRole("dialog", { name: `Add a price rule for ${PARTNER}` });
  const ruleName = `Flow ${randomUUID().slice(0, 8)}`;
  await sheet.getByLabel("Name", { exact: true }).fill(ruleName);
  await sheet.getByRole("radio", { name: "Brand" }).click();
  await sheet.getByPlaceholder("Find a brand").fill(brand.name);
  await sheet.getByRole("option", { name: brand.name }).first().click();
  await sheet.getByLabel("Mark-up in %").fill("17.5");
  await sheet.getByLabel("Fee a card in USD").fill("0.25");
  await page.keyboard.press("Escape");
  await page.getByRole("alertdialog").getByRole("button", { name: "Go on editing" }).click();
  await sheet.getByRole("searchbox", { name: "Search the preview" }).fill(name);
  await expect(sheet.getByText("Up to date")).toBeVisible();
  const row = sheet.getByRole("row").filter({ hasText: name }).first();
  await expect(row).toContainText(money(before));
  const told = (await row.getByRole("cell").nth(2).textContent()) ?? "";
  await sheet.getByRole("button", { name: "Save the price rule" }).click();
  await expect(page.getByText(`The price rule “${ruleName}” is saved`)).toBeVisible();
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("button", { name: "Add a price rule" })).toBeFocused();

  await changeTo(page, "buyer");
  const after = await priceMinor();
  expect(after).toBeGreaterThan(before);
  expect(told).toMatch(money(after));

  await changeTo(page, "admin");
  await page.goto("/admin/catalogue?view=rules");
  await page.getByRole("button", { name: new RegExp(PARTNER) }).click();
  await page.getByRole("button", { name: `Remove the price rule “${ruleName}”` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Yes, remove it" }).click();
  await expect(page.getByText(`The price rule “${ruleName}” is removed`)).toBeVisible();
  await changeTo(page, "buyer");
  expect(await priceMinor()).toBe(before);
});

test("refresh now begins one where the supplier's limit allows, and otherwise says when", async ({ page }) => {
  await become(page, "admin");
  await page.goto("/admin/catalogue");
  const button = page.getByRole("button", { name: "Refresh now" });
  await expect(button).toHaveAccessibleDescription(/Reads every page|One is running|Next allowed at/);
  if (await button.isEnabled()) {
    await button.click();
    await expect(page.getByText("The catalogue is being read")).toBeVisible();
  }
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/Asked for|One is running|Next allowed at \d\d:\d\d:\d\d/);
  await expect
    .poll(async () => {
      const again = await page.request.post("/api/admin/catalog/refreshes", { data: {} });
      const { code, data } = await again.json();
      const aheadMs = Date.parse(data?.nextAllowedAt ?? "") - Date.now();
      return { status: again.status(), code, withinTheHour: aheadMs > 0 && aheadMs <= HOUR_MS };
    })
    .toEqual({ status: 409, code: "conflict", withinTheHour: true });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the Catalogue of staff is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await become(page, "admin");
    for (const view of VIEWS) {
      await page.goto(`/admin/catalogue?view=${view}`);
      await expect(page.getByRole("main").getByRole("region").first()).toBeVisible();
      await expect(page.getByRole("main").locator('[aria-busy="true"]')).toHaveCount(0);
      await expectAccessible(page, view);
    }
    await page.getByRole("button", { name: new RegExp(PARTNER) }).click();
    await page.getByRole("radio", { name: "Listed only" }).click();
    await page.getByRole("radio", { name: "Brand", exact: true }).click();
    await expect(page.getByRole("option").first()).toBeVisible();
    await expectAccessible(page, "allowances");
    await page.getByRole("radio", { name: "Rates" }).click();
    await page.getByRole("alertdialog", { name: "Leave without saving?" }).getByRole("button", { name: "Go on editing" }).click();
    await expect(page.getByRole("radio", { name: "Listed only" })).toBeChecked();
    await page.getByRole("button", { name: "Edit the price rule" }).last().click();
    const sheet = page.getByRole("dialog", { name: `Edit the price rule for ${PARTNER}` });
    await expect(sheet.getByText("Up to date")).toBeVisible();
    await expectAccessible(page, "price rule");
    await page.goto("/admin/catalogue?view=brands");
    await page
      .getByRole("button", { name: /^Switch .* off$/ })
      .first()
      .click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    await expectAccessible(page, "kill switch");
  });
}

test("to a partner the staff's catalogue does not exist", async ({ page }) => {
  await become(page, "buyer");
  expect((await page.goto("/admin/catalogue"))?.status()).toBe(404);
  for (const list of ["catalog/refreshes", "catalog/changes", "catalog/brands", "catalog/rates", "partners"])
    expect((await page.request.get(`/api/admin/${list}`)).status(), list).toBe(404);
});
