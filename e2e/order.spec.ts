import { magicProducts } from "@/local/bamboo/magic";
import { finalOrder, priceOf, readProduct, readWallet } from "./support/api";
import { become, signInByForm } from "./support/people";
import { expectStanding, fact, money, openProduct, placeOrder } from "./support/screens";
import { expect, test } from "./support/test";

test("a partner signs in, orders two cards, watches them arrive, reveals a code and pays exactly the total", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await signInByForm(page, "buyer");
  await expect(page.getByRole("heading", { level: 1, name: "Catalogue" })).toBeVisible();
  const before = await readWallet(page.request);
  const totalMinor = 2 * priceOf(await readProduct(page.request, magicProducts.instant));

  const drawer = await openProduct(page, "Sandbox: instant", "sandbox instant");
  await drawer.getByLabel("Quantity").fill("2");
  await expect(fact(drawer, /^Total$/)).toHaveText(money(totalMinor));
  const id = await placeOrder(page, drawer, 2);

  await expectStanding(page, /^Completed · 2 of 2 delivered$/);
  await expect(fact(page, /^Paid$/)).toHaveText(money(totalMinor));
  const order = await finalOrder(page.request, id);
  expect(order).toMatchObject({
    status: "completed",
    cards: 2,
    delivered: 2,
    total: { amountMinor: totalMinor, currency: "USD" },
  });

  await test.step("reveal and hide a code", async () => {
    const reveal = page.getByRole("button", { name: /^Reveal code ending/ });
    await expect(reveal).toHaveCount(2);
    const lastFour = (await reveal.first().textContent())?.trim().slice(-4);
    await reveal.first().click();
    const code = fact(page, /^Code$/);
    await expect(code).toHaveText(new RegExp(`^\\S{4,}${lastFour}$`));
    await page.getByRole("button", { name: /^Hide/ }).click();
    await expect(code).toHaveCount(0);
    const revealed = (await finalOrder(page.request, id)).cardList.filter((card) => card.revealedAt !== null);
    expect(revealed.map((card) => card.lastFour)).toEqual([lastFour]);
  });

  const after = await readWallet(page.request);
  expect(before.available.amountMinor - after.available.amountMinor).toBe(totalMinor);
  expect(after.held.amountMinor).toBe(0);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Wallet" }).click();
  await expect(fact(page.getByRole("main"), "Available")).toHaveText(money(after.available.amountMinor));
  await expect(fact(page.getByRole("main"), "Held")).toHaveText(money(0));
});

test("a partial delivery says what came, and gives the difference back", async ({ page }) => {
  await become(page, "buyer");
  const before = await readWallet(page.request);
  const unitMinor = priceOf(await readProduct(page.request, magicProducts.partialFailure));
  await page.goto("/catalogue");
  const id = await placeOrder(page, await openProduct(page, magicProducts.partialFailure.name), 4);

  await expectStanding(page, /^2 of 4 delivered, /);
  await expectStanding(page, new RegExp(`${money(2 * unitMinor).source} returned$`));
  await expect(fact(page, /^Total$/)).toHaveText(money(4 * unitMinor));
  await expect(fact(page, /^Paid$/)).toHaveText(money(2 * unitMinor));
  await expect(page.getByRole("button", { name: /^Reveal code ending/ })).toHaveCount(2);

  const order = await finalOrder(page.request, id);
  expect(order).toMatchObject({ status: "partially_completed", returned: { amountMinor: 2 * unitMinor } });
  const after = await readWallet(page.request);
  expect(before.available.amountMinor - after.available.amountMinor).toBe(2 * unitMinor);
  expect(after.held.amountMinor).toBe(0);
});
