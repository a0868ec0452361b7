import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db, type Transaction } from "@/drizzle/client";
import { orderLines, orders } from "@/drizzle/schema";
import { newId } from "@/lib/ids";
import { violated } from "@/lib/postgres-errors";
import { makePartner, makeProduct, oneCard, type TestPartner } from "@/local/testing/factories";
import { placeOrder } from "./place-order";
import { isFinal, LINE_MOVES, LINE_STATES, type LineState, ORDER_MOVES, ORDER_STATES, type OrderState } from "./states.shared";

/** Writes a new row in one state and tries to move it to another; nothing of it stays. */
async function tried(write: (tx: Transaction) => Promise<unknown>, move: (tx: Transaction) => Promise<unknown>) {
  let outcome = "not tried";
  const undone = new Error("undone");
  await db()
    .transaction(async (tx) => {
      await write(tx);
      outcome = await move(tx).then(
        () => "moved",
        (error: unknown) => {
          if (violated(error, "orders_moves") || violated(error, "order_lines_moves")) return "refused";
          throw error;
        },
      );
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return outcome;
}

const settledAt = (status: OrderState) => (isFinal(status) ? new Date() : null);

function writeOrder(tx: Transaction, { partnerId, ctx }: TestPartner, id: string, status: OrderState) {
  const placedBy = ctx.actor.kind === "member" ? ctx.actor.userId : "";
  return tx
    .insert(orders)
    .values({ id, partnerId, placedBy, status, currency: "USD", totalMinor: 950, cards: 1, settledAt: settledAt(status) });
}

test("the database lets an order make the moves of the table, and no other", async () => {
  const partner = await makePartner();
  for (const from of ORDER_STATES)
    for (const to of ORDER_STATES) {
      const id = newId();
      const allowed = from === to || ORDER_MOVES[from].includes(to);
      const outcome = await tried(
        (tx) => writeOrder(tx, partner, id, from),
        (tx) =>
          tx
            .update(orders)
            .set({ status: to, settledAt: settledAt(to) })
            .where(eq(orders.id, id)),
      );
      expect(`${from} to ${to}: ${outcome}`).toBe(`${from} to ${to}: ${allowed ? "moved" : "refused"}`);
    }
});

test("the same for its lines", async () => {
  const partner = await makePartner();
  const { body } = await placeOrder(partner.ctx, oneCard(await makeProduct()), randomUUID());
  const [like] = await db()
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, JSON.parse(body).id));
  if (!like) throw new Error("the order has no line");
  const returnedMinor = (status: LineState) => (status === "queued" || status === "processing" ? 0 : like.unitPriceMinor);
  for (const from of LINE_STATES)
    for (const to of LINE_STATES) {
      const id = newId();
      const allowed = from === to || LINE_MOVES[from].includes(to);
      const outcome = await tried(
        (tx) => tx.insert(orderLines).values({ ...like, id, position: 1, status: from, returnedMinor: returnedMinor(from) }),
        (tx) =>
          tx
            .update(orderLines)
            .set({ status: to, returnedMinor: returnedMinor(to) })
            .where(eq(orderLines.id, id)),
      );
      expect(`${from} to ${to}: ${outcome}`).toBe(`${from} to ${to}: ${allowed ? "moved" : "refused"}`);
    }
});
