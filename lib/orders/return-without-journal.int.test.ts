import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { db } from "@/drizzle/client";
import { makePartner, makeProduct, oneCard } from "@/local/testing/factories";
import { getOrder } from "./get-order";
import { placeOrder } from "./place-order";
import { returnWaitingLines } from "./return-waiting";
import { orderAcceptedSchema } from "./schemas";

/** Nobody listens there. The client's address is read at its first use, which is below. */
const NOWHERE = "http://127.0.0.1:1";

test("while the journal of purchases cannot be asked, nothing that waits is given back, and the caller goes on", async () => {
  vi.stubEnv("UPSTASH_REDIS_REST_URL", NOWHERE);
  const { ctx } = await makePartner();
  const productId = await makeProduct();
  const { id } = orderAcceptedSchema.parse(JSON.parse((await placeOrder(ctx, oneCard(productId), randomUUID())).body));
  expect(await db().transaction((tx) => returnWaitingLines(tx, { productIds: [productId] }, "test"))).toBe(0);
  expect((await getOrder(ctx, id)).lines).toMatchObject([{ status: "queued", failure: null }]);
});
