import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { attempts, dispatches, orderLines, reportedPurchases } from "@/drizzle/schema";
import { placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { claimOrder } from "@/local/testing/claim-order";
import { asOwner, makePartner, makeProduct } from "@/local/testing/factories";
import { advanceDispatch } from "./advance-dispatch";
import { requestIdOf } from "./write-dispatch";

test("a whole that the copy caught before it was refused is not posted once the report names one of its parts", async () => {
  const { ctx } = await makePartner();
  const lines = [await makeProduct(), await makeProduct()].map((productId) => ({ productId, faceMinor: 1_000, quantity: 1 }));
  const { id: orderId } = orderAcceptedSchema.parse(JSON.parse((await placeOrder(ctx, { lines }, randomUUID())).body));
  const whole = await claimOrder(orderId);
  if (!whole) throw new Error("the order was claimed by somebody else");
  const rows = await db().select().from(orderLines).where(eq(orderLines.orderId, orderId));
  const parts = rows.map(({ id }) => requestIdOf([{ orderLineId: id }]));
  const [bought] = parts;
  if (!bought) throw new Error("the order has no lines");
  await db().insert(reportedPurchases).values({
    requestId: bought,
    orderNumber: "O-1",
    status: "Succeeded",
    cards: 1,
    products: "Card",
    total: "9",
    currency: "USD",
    reportedDay: "2026-01-01",
  });
  try {
    await advanceDispatch(whole);
    expect(await db().select().from(attempts).where(eq(attempts.dispatchId, whole))).toEqual([]);
    const after = await db()
      .select({ id: dispatches.id, status: dispatches.status })
      .from(dispatches)
      .where(inArray(dispatches.id, [whole, ...parts]));
    expect(new Map(after.map(({ id, status }) => [id, status]))).toEqual(
      new Map([[whole, "rejected"], ...parts.map((id) => [id, "prepared"] as const)]),
    );
  } finally {
    await asOwner((owner) => owner.delete(reportedPurchases).where(eq(reportedPurchases.requestId, bought)));
  }
});
