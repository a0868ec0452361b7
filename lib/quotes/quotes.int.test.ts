import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { orderLines, orders, priceRules, products, quotes, rateSnapshots } from "@/drizzle/schema";
import { newId } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import { acceptanceFacts, cancelOrder, getOrder, placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { asOwner, balances, makePartner, makeProduct, oneCard, type TestPartner } from "@/local/testing/factories";
import { useOwnDatabase } from "@/local/testing/own-database";
import { createQuote, pruneQuotes } from ".";
import { quoteSchema } from "./schemas";

/** 10.00 EUR at 1.25, less 5 %. */
const EUROS_MINOR = 1_188;

let endDatabase: () => Promise<void>;

/** The rates in use are one for the whole system. */
beforeAll(async () => {
  endDatabase = await useOwnDatabase();
  await useRate("0.8");
});

afterAll(() => endDatabase());

async function useRate(eur: string): Promise<void> {
  await db()
    .insert(rateSnapshots)
    .values({ id: newId(), base: "USD", rates: { EUR: eur, AED: "3.6725" } });
}

/** Sold in euros, so that its price follows from rule, cost and rate. */
async function makeEuroProduct(): Promise<number> {
  const productId = await makeProduct();
  await db().update(products).set({ faceCurrency: "EUR", costCurrency: "EUR" }).where(eq(products.id, productId));
  return productId;
}

const quote = async ({ ctx }: TestPartner, input: ReturnType<typeof oneCard>) =>
  (await createQuote(ctx, input, randomUUID())).quote;
const place = async (partner: TestPartner, input: ReturnType<typeof oneCard> & { quoteId?: string; maxTotalMinor?: number }) =>
  orderAcceptedSchema.parse(JSON.parse((await placeOrder(partner.ctx, input, randomUUID())).body));
const expire = (quoteId: string) =>
  asOwner((owner) =>
    owner
      .update(quotes)
      .set({ createdAt: sql`created_at - interval '10 minutes'`, expiresAt: sql`expires_at - interval '10 minutes'` })
      .where(eq(quotes.id, quoteId)),
  );

test("a quote holds price and rate for ten minutes, and the same request gets it again", async () => {
  const partner = await makePartner();
  const [input, key] = [oneCard(await makeEuroProduct(), 2), randomUUID()];
  const asked = await Promise.all(Array.from({ length: 4 }, () => createQuote(partner.ctx, input, key)));
  const [first, ...rest] = asked.map((each) => each.quote);
  for (const again of rest) expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  expect(asked.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(quoteSchema.parse(first)).toMatchObject({
    total: { amountMinor: 2 * EUROS_MINOR, currency: "USD" },
    lines: [
      {
        face: { amountMinor: 1_000, currency: "EUR" },
        unitPrice: { amountMinor: EUROS_MINOR },
        explanation: { text: "11.88 USD = 10.00 EUR × 1.25, less 5 %, rule: test", rule: "test", rate: "1.25" },
      },
    ],
  });
  expect(Date.parse(first?.expiresAt ?? "") - Date.parse(first?.createdAt ?? "")).toBe(600_000);
  await expect(createQuote(partner.ctx, { lines: oneCard(1).lines }, key)).rejects.toMatchObject({
    code: "idempotency_key_reused",
  });
  expect(await balances(partner.partnerId)).toEqual({ available: 100_000, held: 0 });
});

interface Move {
  moved: string;
  move: (productId: number, partner: TestPartner) => Promise<unknown>;
  /** What it would cost without the quote; null: it is not sold at that price. */
  presentMinor: number | null;
}
const moves: Move[] = [
  {
    moved: "rule",
    move: (_, { partnerId }) => db().update(priceRules).set({ basisPoints: 100 }).where(eq(priceRules.partnerId, partnerId)),
    presentMinor: 1_238,
  },
  {
    moved: "cost",
    move: (productId) => db().update(products).set({ costMin: "9.9", costMax: "9.9" }).where(eq(products.id, productId)),
    presentMinor: null,
  },
  { moved: "rate", move: () => useRate("0.5"), presentMinor: 1_900 },
];

test.each(moves)("the $moved moves: the quote holds, an order without it is refused", async ({ move, presentMinor }) => {
  await useRate("0.8");
  const partner = await makePartner();
  const input = oneCard(await makeEuroProduct());
  const { id: quoteId } = await quote(partner, input);
  await move(input.lines[0]?.productId ?? 0, partner);
  await expect(place(partner, { ...input, maxTotalMinor: EUROS_MINOR })).rejects.toMatchObject(
    presentMinor === null
      ? { code: "not_orderable" }
      : {
          code: "price_changed",
          message: `The price is now ${formatMoney(presentMinor, "USD")}, above your limit of 11.88 USD. Check it and order again.`,
          data: { totalMinor: presentMinor, maxTotalMinor: EUROS_MINOR, lines: [{ unitPriceMinor: presentMinor }] },
        },
  );
  await expect(place(partner, { ...input, quoteId, maxTotalMinor: 1_000 })).rejects.toMatchObject({
    code: "price_changed",
    message: "The quote is 11.88 USD, above your limit of 10.00 USD. Check it and order again.",
    data: { lines: [{ unitPriceMinor: presentMinor, quotedUnitPriceMinor: EUROS_MINOR }] },
  });
  const { id, total } = await place(partner, { ...input, quoteId, maxTotalMinor: EUROS_MINOR });
  expect(total).toEqual({ amountMinor: EUROS_MINOR, currency: "USD" });
  expect(await balances(partner.partnerId)).toEqual({ available: 100_000 - EUROS_MINOR, held: EUROS_MINOR });
  const order = await getOrder(partner.ctx, id);
  expect(order.lines[0]?.explanation).toMatchObject({ rate: "1.25", rule: "test" });
  const [stored] = await db()
    .select({ rates: rateSnapshots.rates })
    .from(orders)
    .innerJoin(rateSnapshots, eq(rateSnapshots.id, orders.rateSnapshotId))
    .where(eq(orders.id, id));
  expect(stored?.rates.EUR).toBe("0.8");
});

test("a quote that expired is refused with both prices, and so is one that expires while the order is written", async () => {
  await useRate("0.8");
  const partner = await makePartner();
  const input = oneCard(await makeEuroProduct(), 2);
  const { id: quoteId } = await quote(partner, input);
  await db().update(priceRules).set({ basisPoints: 100 }).where(eq(priceRules.partnerId, partner.partnerId));
  await expire(quoteId);
  const refusal = {
    code: "quote_expired",
    message: "The quote of 23.76 USD has expired; the price is now 24.76 USD. Ask for a new quote, or order without one.",
    data: {
      totalMinor: 2_476,
      currency: "USD",
      quotedTotalMinor: 2_376,
      lines: [{ quantity: 2, unitPriceMinor: 1_238, quotedUnitPriceMinor: EUROS_MINOR }],
    },
  };
  await expect(place(partner, { ...input, quoteId })).rejects.toMatchObject(refusal);
  const facts = await factsBefore(partner, { ...input, quoteId });
  await expect(placeOrder(partner.ctx, { ...input, quoteId }, randomUUID(), facts)).rejects.toMatchObject(refusal);
  expect(await balances(partner.partnerId)).toEqual({ available: 100_000, held: 0 });
});

test("of orders that use one quote at once one is placed; a repeat of it is no second use", async () => {
  const partner = await makePartner();
  const input = oneCard(await makeProduct());
  const body = { ...input, quoteId: (await quote(partner, input)).id };
  const key = randomUUID();
  const keys = [key, key, key, randomUUID(), randomUUID(), randomUUID()];
  const results = await Promise.allSettled(keys.map((each) => placeOrder(partner.ctx, body, each)));
  const placed = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.body] : []));
  expect(new Set(placed).size).toBe(1);
  for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "quote_used" });
  expect(await balances(partner.partnerId)).toEqual({ available: 100_000 - 950, held: 950 });
  await expect(place(partner, body)).rejects.toMatchObject({ code: "quote_used" });
  // A cancelled order does not give its price back.
  await cancelOrder(partner.ctx, orderAcceptedSchema.parse(JSON.parse(placed[0] ?? "")).id);
  await expect(place(partner, body)).rejects.toMatchObject({ code: "quote_used" });
});

test("a quote is for its partner and its lines, and not for what cannot be had", async () => {
  const [partner, other] = await Promise.all([makePartner(), makePartner()]);
  const productId = await makeProduct();
  const { id: quoteId } = await quote(partner, oneCard(productId));
  const told = (quoted: string) => place(other, { ...oneCard(productId), quoteId: quoted }).catch(String);
  expect(await told(quoteId)).toBe(await told(randomUUID()));
  await expect(place(other, { ...oneCard(productId), quoteId })).rejects.toMatchObject({ code: "not_found" });
  await expect(place(partner, { ...oneCard(productId, 2), quoteId })).rejects.toMatchObject({
    code: "invalid_input",
    fields: [{ path: "lines.0.quantity", message: "the quote says 1" }],
  });
  const more = { lines: [...oneCard(productId).lines, ...oneCard(productId).lines], quoteId };
  await expect(place(partner, more)).rejects.toMatchObject({ fields: [{ path: "lines.1" }] });
  await db().update(products).set({ stock: 0 }).where(eq(products.id, productId));
  await expect(place(partner, { ...oneCard(productId), quoteId })).rejects.toThrow(/out of stock/);
  const viewer = await makePartner({ role: "viewer" });
  await expect(quote(viewer, oneCard(productId))).rejects.toMatchObject({ code: "forbidden" });
});

test("a partner without rules has no price: nothing is quoted or ordered, and the reason is said", async () => {
  const partner = await makePartner();
  await db().delete(priceRules).where(eq(priceRules.partnerId, partner.partnerId));
  const input = oneCard(await makeProduct());
  await expect(quote(partner, input)).rejects.toThrow(/has no price in your currency/);
  await expect(place(partner, input)).rejects.toMatchObject({ code: "not_orderable", fields: [{ path: "lines.0" }] });
});

test("after a day quotes go that no order used", async () => {
  const partner = await makePartner();
  const input = oneCard(await makeProduct());
  const [used, unused, fresh] = [await quote(partner, input), await quote(partner, input), await quote(partner, input)];
  const { id } = await place(partner, { ...input, quoteId: used.id });
  await asOwner((owner) =>
    owner.execute(sql`update quotes set created_at = created_at - interval '25 hours' where id in (${used.id}, ${unused.id})`),
  );
  expect(await pruneQuotes()).toBeGreaterThanOrEqual(1);
  const left = await db().select({ id: quotes.id }).from(quotes).where(eq(quotes.partnerId, partner.partnerId));
  expect(left.map((row) => row.id).sort()).toEqual([used.id, fresh.id].sort());
  expect(await db().select({ basis: orderLines.priceBasis }).from(orderLines).where(eq(orderLines.orderId, id))).toEqual([
    { basis: used.lines[0]?.explanation },
  ]);
  await expect(db().update(quotes).set({ totalMinor: 1 }).where(eq(quotes.id, fresh.id))).rejects.toThrow();
});

test("a quote of a face in another currency than the product has now does not hold", async () => {
  const partner = await makePartner();
  const productId = await makeEuroProduct();
  const input = oneCard(productId);
  const { id: quoteId } = await quote(partner, input);
  await db().update(products).set({ faceCurrency: "USD", costCurrency: "USD" }).where(eq(products.id, productId));
  await expect(place(partner, { ...input, quoteId })).rejects.toMatchObject({
    code: "quote_expired",
    message: expect.stringContaining("no longer holds"),
  });
});

test("without a quote, a rate that moves between the reading and the writing is the order's", async () => {
  await useRate("0.8");
  const partner = await makePartner();
  const input = oneCard(await makeEuroProduct());
  const facts = await factsBefore(partner, input);
  await useRate("0.5");
  const { body } = await placeOrder(partner.ctx, input, randomUUID(), facts);
  expect(JSON.parse(body)).toMatchObject({ total: { amountMinor: 1_900 } });
});

/** What an order is decided on, as it was read some minutes ago. */
async function factsBefore({ partnerId }: TestPartner, input: Parameters<typeof acceptanceFacts>[0]): Promise<unknown> {
  const { rows } = await db().execute<{ facts: Record<string, unknown> }>(
    sql`select ${acceptanceFacts(input, randomUUID(), sql`${partnerId}::uuid`)} as facts`,
  );
  const facts = rows[0]?.facts;
  return { ...facts, quote: facts?.quote ? Object.assign({}, facts.quote, { expired: false }) : null };
}
