import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { become } from "./support/people";
import { money } from "./support/screens";
import { expect, test } from "./support/test";

/** A partner that the other flows leave alone. */
const PARTNER = "Souq Digital";
const CURRENCY = "AED";
const TOP_UP_MINOR = 2_550;

async function openEntry(page: Page, item: string) {
  await page.getByRole("button", { name: `Actions for ${PARTNER}, ${CURRENCY}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
  const sheet = page.getByRole("dialog", { name: item });
  await expect(sheet).toBeVisible();
  return sheet;
}

async function availableMinor(page: Page): Promise<number> {
  const row = page.getByRole("table", { name: "Wallets by partner" }).getByRole("row").filter({ hasText: PARTNER });
  const text = (await row.getByRole("cell").nth(1).textContent()) ?? "";
  return Math.round(Number(text.replace(/[^\d.-]/g, "")) * 100);
}

test("the books are balanced, a payment is booked once, and its transfer is found", async ({ page }) => {
  await become(page, "admin");
  await page.goto("/admin/ledger");
  // A system that has just started may not have been checked yet; it must not say otherwise.
  await expect(page.getByText(/^(Balanced|Not checked yet)$/)).toBeVisible();
  await expect(page.getByText("Out of balance")).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Trial balance per currency" })).toContainText(CURRENCY);
  await expect(page.getByRole("table", { name: "Wallets by partner" })).toContainText(PARTNER);

  const before = await availableMinor(page);
  const reference = `E2E ${randomUUID().slice(0, 8)}`.toUpperCase();
  for (const answer of [/booked for Souq Digital/, /already booked/]) {
    const sheet = await openEntry(page, "Record top-up");
    await sheet.getByLabel(`Amount in ${CURRENCY}`).fill("25.50");
    await sheet.getByLabel("Bank reference").fill(reference);
    await sheet.getByRole("button", { name: "Record top-up" }).click();
    await expect(page.getByText(answer)).toBeVisible();
    await expect(sheet).toBeHidden();
    await expect(page.getByRole("button", { name: `Actions for ${PARTNER}, ${CURRENCY}` })).toBeFocused();
  }
  await expect.poll(() => availableMinor(page)).toBe(before + TOP_UP_MINOR);

  await page.getByRole("button", { name: `Actions for ${PARTNER}, ${CURRENCY}` }).click();
  await page.getByRole("menuitem", { name: "Show transfers" }).click();
  await expect(page).toHaveURL(/view=transfers&partner=/);
  const row = page.getByRole("table", { name: "Transfers, newest first" }).getByRole("row").filter({ hasText: reference });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(money(TOP_UP_MINOR, CURRENCY));
});

test("a large adjustment waits for another admin, and nobody approves their own", async ({ page }) => {
  await become(page, "admin");
  await page.goto("/admin/ledger");
  const sheet = await openEntry(page, "Request adjustment");
  await sheet.getByLabel(`Amount in ${CURRENCY}`).fill("250");
  const reason = `Goodwill ${randomUUID().slice(0, 8)}`;
  await sheet.getByLabel("Reason").fill(reason);
  await expect(sheet.getByText(/a second admin must approve it/)).toBeVisible();
  await sheet.getByRole("button", { name: "Ask for approval" }).click();
  await expect(sheet).toBeHidden();

  await page.getByRole("radio", { name: "Adjustments" }).click();
  const item = page.getByRole("region", { name: "Adjustments" }).getByRole("listitem").filter({ hasText: reason });
  await expect(item).toContainText("Waits for approval");
  const approve = item.getByRole("button", { name: "Approve" });
  await expect(approve).toBeDisabled();
  await expect(approve).toHaveAccessibleDescription("You asked for it, so another admin must approve it.");
  await item.getByRole("button", { name: "Decline" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Yes, decline it" }).click();
  await expect(item).toContainText("Declined");
});

test("to a partner the ledger does not exist", async ({ page }) => {
  await become(page, "buyer");
  expect((await page.goto("/admin/ledger"))?.status()).toBe(404);
  for (const list of ["", "/accounts", "/transfers", "/adjustments"])
    expect((await page.request.get(`/api/admin/ledger${list}`)).status(), list).toBe(404);
});
