import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { brands, catalogRereads, products, users } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { switchBrand } from "@/lib/availability";
import { makeProduct } from "@/local/testing/factories";
import { noteRefusal } from "./note-refusal";

const PRODUCTS = 6;
const WRITERS = 8;

async function admin(): Promise<Ctx> {
  const userId = randomUUID();
  await db()
    .insert(users)
    .values({ id: userId, name: "Admin", email: `${userId}@test.example`, staffRole: "admin" });
  return { actor: { kind: "staff", userId, role: "admin" }, requestId: "test", from: { ipAddress: null, userAgent: null } };
}

test("refusals, the kill switch and whoever else writes to the catalogue take turns, in whatever order they touch its rows", async () => {
  const [ctx, brandId] = [await admin(), randomUUID()];
  const productIds = await Promise.all(Array.from({ length: PRODUCTS }, () => makeProduct()));
  await db()
    .insert(brands)
    .values({ id: brandId, name: `Turns ${brandId}`, currency: "USD", changedAt: new Date() });
  const write = (ids: readonly number[]) =>
    db().transaction(async (tx) => {
      for (const id of ids) await tx.update(products).set({ changedAt: new Date() }).where(eq(products.id, id));
    });
  const writes = Array.from({ length: WRITERS }, (_, at) => write(at % 2 === 0 ? productIds : productIds.toReversed()));
  const refusals = productIds.map((id) => db().transaction((tx) => noteRefusal(tx, id, "InvalidProduct")));
  const switches = Array.from({ length: WRITERS }, (_, at) =>
    switchBrand(ctx, brandId, at % 2 === 0 ? { on: false, because: "test" } : { on: true }),
  );
  const ended = await Promise.allSettled<unknown>([...writes, ...refusals, ...switches]);
  expect(ended.flatMap((result) => (result.status === "rejected" ? [result.reason] : []))).toEqual([]);
});

test("a face value that is refused takes a product of that face alone off sale; a range is only read again", async () => {
  const [fixed, range] = [await makeProduct(), await makeProduct()];
  await db().update(products).set({ faceMaxMinor: 5_000, costMax: "45" }).where(eq(products.id, range));
  for (const [productId, inactiveBecause] of [
    [fixed, "refused"],
    [range, null],
  ] as const) {
    await db().transaction((tx) => noteRefusal(tx, productId, "InvalidDenomination"));
    expect(await db().select().from(products).where(eq(products.id, productId))).toMatchObject([{ inactiveBecause }]);
    expect(await db().select().from(catalogRereads).where(eq(catalogRereads.productId, productId))).toMatchObject([
      { because: "refused" },
    ]);
  }
});
