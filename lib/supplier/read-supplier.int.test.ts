import { expect, test } from "vitest";
import { db, type Transaction } from "@/drizzle/client";
import { orderLines, orders } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { newId } from "@/lib/ids";
import { makePartner, makeProduct, type TestPartner } from "@/local/testing/factories";
import { readProducts } from "./read-products";
import { readQueue } from "./read-queue";
import { readSupplier } from "./read-supplier";
import { SUPPLIER_ENDPOINTS, supplierSchema } from "./schemas";

const support: Ctx = {
  actor: { kind: "staff", userId: "nobody", role: "support" },
  requestId: "test",
  from: { ipAddress: null, userAgent: null },
};

/** What waits, a drainer of another test would take: it is undone, and nobody sees it. */
async function undone(work: (tx: Transaction) => Promise<void>): Promise<void> {
  const end = new Error("undone");
  const run = db().transaction(async (tx) => {
    await work(tx);
    throw end;
  });
  await expect(run).rejects.toBe(end);
}

async function waitingOrder(
  tx: Transaction,
  { partnerId, ctx }: TestPartner,
  productId: number,
  quantities: readonly number[],
): Promise<void> {
  const placedBy = ctx.actor.kind === "member" ? ctx.actor.userId : "";
  const orderId = newId();
  const cards = quantities.reduce((sum, quantity) => sum + quantity, 0);
  await db()
    .insert(orders)
    .values({ id: orderId, partnerId, currency: "USD", totalMinor: 950 * cards, cards, placedBy });
  await tx.insert(orderLines).values(
    quantities.map((quantity, position) => ({
      id: newId(),
      orderId,
      partnerId,
      position,
      productId,
      productName: "Product",
      brandName: "Brand",
      faceMinor: 1_000,
      faceCurrency: "USD",
      quantity,
      unitPriceMinor: 950,
    })),
  );
}

test("support reads each endpoint's limits in the shape that the page parses; to a partner there is no such page", async () => {
  const view = supplierSchema.parse(await readSupplier(support));
  expect(view.endpoints.map(({ endpoint }) => endpoint)).toEqual([...SUPPLIER_ENDPOINTS]);
  expect(view.endpoints[0]?.limits).toMatchObject({
    budget: { limit: 2, windowMs: 1_000, gapMs: 500, source: "default" },
    breaker: { state: expect.any(String) },
  });
  expect(view.products?.budget).toMatchObject({ limit: 6, windowMs: 60_000 });
  const { ctx } = await makePartner({ fundsMinor: 0 });
  await expect(readSupplier(ctx)).rejects.toMatchObject({ code: "not_found" });
});

test("what waits is counted by lane and by partner", async () => {
  const partner = await makePartner({ fundsMinor: 0 });
  const productId = await makeProduct();
  await undone(async (tx) => {
    const before = await readQueue(tx);
    await waitingOrder(tx, partner, productId, [300, 150]);
    await waitingOrder(tx, partner, productId, [50]);
    const queue = await readQueue(tx);
    const mine = queue.partners.find(({ id }) => id === partner.partnerId);
    expect(mine).toMatchObject({ weight: 1, lines: 3, orders: 2, cards: 500 });
    expect(queue.partnerCount).toBeGreaterThanOrEqual(1);
    const normal = ({ lanes }: typeof queue) => lanes.find(({ lane }) => lane === "normal")?.cards ?? 0;
    expect(normal(queue)).toBeGreaterThanOrEqual(Math.max(500, normal(before)));
    expect(queue.cut).toBe(false);
  });
});

test("a product is free again when the oldest of its full window leaves it", async () => {
  const partner = await makePartner({ fundsMinor: 0 });
  const [full, light] = [await makeProduct(), await makeProduct()];
  const nowMs = Date.now();
  const budget = { limit: 3, windowMs: 60_000, gapMs: 0, source: "default" as const };
  const use = new Map([
    [light, [10_000]],
    [full, [-500, 20_000, 45_000, 61_000]],
  ]);
  await undone(async (tx) => {
    await waitingOrder(tx, partner, full, [1, 2]);
    const found = await readProducts(tx, use, budget, nowMs);
    expect(found.full).toBe(1);
    expect(found.items).toEqual([
      { id: full, name: `Product ${full}`, used: 3, nextFreeAt: new Date(nowMs + 15_000).toISOString(), waitingLines: 2 },
      { id: light, name: `Product ${light}`, used: 1, nextFreeAt: null, waitingLines: 0 },
    ]);
  });
});
