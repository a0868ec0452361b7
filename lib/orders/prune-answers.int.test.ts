import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { idempotencyKeys, orders } from "@/drizzle/schema";
import { derivedId } from "@/lib/ids";
import { asOwner, makePartner, makeProduct, oneCard } from "@/local/testing/factories";
import { placeOrder } from "./place-order";
import { pruneAnswers } from "./prune-answers";

test("a key whose answer is long forgotten is refused, and orders nothing", async () => {
  const { partnerId, ctx } = await makePartner();
  const input = oneCard(await makeProduct());
  const [old, fresh] = [randomUUID(), randomUUID()];
  await placeOrder(ctx, input, old);
  const { body } = await placeOrder(ctx, input, fresh);
  await asOwner((owner) =>
    owner.update(idempotencyKeys).set({ createdAt: sql`now() - interval '31 days'` }).where(eq(idempotencyKeys.key, old)),
  );
  expect(await pruneAnswers()).toBeGreaterThan(0);
  await expect(placeOrder(ctx, input, old)).rejects.toMatchObject({ code: "idempotency_key_reused" });
  expect(await placeOrder(ctx, input, fresh)).toEqual({ status: 202, body, replayed: true });
  expect(await db().select().from(orders).where(eq(orders.partnerId, partnerId))).toHaveLength(2);
});

test("a request whose twin is still being written is told so within seconds, and is accepted once the twin is gone", async () => {
  const { partnerId, ctx } = await makePartner();
  const [input, key] = [oneCard(await makeProduct()), randomUUID()];
  const { actor } = ctx;
  const userId = actor.kind === "member" ? actor.userId : "";
  const undone = db().transaction(async (tx) => {
    await tx.insert(orders).values({
      id: derivedId("order", partnerId, key),
      partnerId,
      currency: "USD",
      totalMinor: 1,
      cards: 1,
      placedBy: userId,
    });
    await expect(placeOrder(ctx, input, key)).rejects.toMatchObject({ code: "idempotency_in_progress" });
    throw new Error("the twin's process died");
  });
  await expect(undone).rejects.toThrow("the twin's process died");
  expect(await placeOrder(ctx, input, key)).toMatchObject({ status: 202, replayed: false });
});
