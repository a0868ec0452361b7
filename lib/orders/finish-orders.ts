import { and, asc, eq, inArray } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { orderLines, orders } from "@/drizzle/schema";
import { formatMoney } from "@/lib/money";
import { enqueue } from "@/lib/outbox";
import { moveOrders } from "./move-order";
import { lineOutcome, orderOutcome } from "./outcome.shared";
import type { OrderState } from "./states.shared";
import { addToTimelines } from "./timeline";

/**
 * Ends the lines whose every card is delivered or given back, and the orders whose every line has ended. The orders are locked first: of
 * two purchases that end for one order at once, the second sees the first. `because` tells the buyer why nothing came.
 */
export async function finishOrders(
  tx: Transaction,
  orderIds: readonly string[],
  because = "The supplier could not deliver",
): Promise<void> {
  const ids = [...orderIds];
  const locked = await tx
    .select({ id: orders.id, currency: orders.currency })
    .from(orders)
    .where(inArray(orders.id, ids))
    .orderBy(asc(orders.id))
    .for("no key update");
  const lines = await tx.select().from(orderLines).where(inArray(orderLines.orderId, ids));
  await endLines(tx, lines);
  const ended = locked.flatMap(({ id, currency }) => {
    const mine = lines.filter((line) => line.orderId === id);
    const outcome = orderOutcome(mine);
    return outcome ? [{ id, outcome, note: ending(outcome, mine, currency, because) }] : [];
  });
  const moved = new Set<string>();
  for (const outcome of new Set(ended.map((order) => order.outcome))) {
    const those = ended.filter((order) => order.outcome === outcome).map(({ id }) => id);
    for (const id of await moveOrders(tx, those, outcome)) moved.add(id);
  }
  const news = ended.filter(({ id }) => moved.has(id));
  await addToTimelines(
    tx,
    news.map(({ id, note }) => ({ orderId: id, ...note })),
  );
  await enqueue(
    tx,
    news.map(({ id }) => ({ name: "orders/settled", data: { orderId: id } })),
  );
}

/** Gives each line that has ended its state, in the database and here. */
async function endLines(tx: Transaction, lines: readonly Line[]): Promise<void> {
  const ended = lines.flatMap((line) => {
    const outcome = line.status === "processing" ? lineOutcome(line) : null;
    return outcome ? [{ line, outcome }] : [];
  });
  for (const status of new Set(ended.map(({ outcome }) => outcome))) {
    const those = ended.filter(({ outcome }) => outcome === status).map(({ line }) => line);
    await tx
      .update(orderLines)
      .set({ status })
      .where(
        and(
          inArray(
            orderLines.id,
            those.map(({ id }) => id),
          ),
          eq(orderLines.status, "processing"),
        ),
      );
    for (const line of those) line.status = status;
  }
}

type Line = typeof orderLines.$inferSelect;

function ending(outcome: OrderState, lines: readonly Line[], currency: string, because: string) {
  const sum = (of: (line: Line) => number) => lines.reduce((total, line) => total + of(line), 0);
  const [delivered, wanted, returnedMinor] = [
    sum((line) => line.delivered),
    sum((line) => line.quantity),
    sum((line) => line.returnedMinor),
  ];
  const returned = formatMoney(returnedMinor, currency);
  if (outcome === "completed")
    return { kind: "completed", title: "Delivered", detail: `${delivered} of ${wanted} cards delivered` };
  if (outcome === "failed")
    return {
      kind: "failed",
      title: "Not delivered",
      detail: `${because}; ${returned} returned to the wallet`,
    };
  return {
    kind: "partially_completed",
    title: "Delivered in part",
    detail: `${delivered} of ${wanted} delivered, ${returned} returned to the wallet`,
  };
}
