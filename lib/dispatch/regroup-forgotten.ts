import { eq, inArray, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { dispatches, orderLines } from "@/drizzle/schema";
import { raiseAlert, resolveAlert } from "@/lib/alerts";
import { addToTimeline, moveOrders } from "@/lib/orders";
import { enqueue } from "@/lib/outbox";
import { recallLines } from "@/lib/purchase-journal";
import { requestIdOf, writeDispatch } from "./write-dispatch";

/**
 * Waiting lines that the journal says were bought: the database was put back to before their purchase. Once every line of such a purchase
 * waits again they are written as the very purchase they were, whose RequestId follows from them: the supplier has it, and its cards go
 * to whom they went. Until then they are held: cards cannot be told apart without knowing who else they were for. `recalled` is line to
 * purchase; the answer is which purchases the database had indeed forgotten.
 */
export async function regroupForgotten(recalled: ReadonlyMap<string, string>): Promise<Set<string>> {
  const forgotten = new Set<string>();
  for (const dispatchId of new Set(recalled.values())) {
    const [known] = await db().select({ id: dispatches.id }).from(dispatches).where(eq(dispatches.id, dispatchId));
    if (known) continue;
    forgotten.add(dispatchId);
    const found = [...recalled].filter(([, purchase]) => purchase === dispatchId).map(([lineId]) => lineId);
    const lineIds = new Set([...(await recallLines(dispatchId)), ...found]);
    await db().transaction((tx) => regroup(tx, dispatchId, [...lineIds]));
  }
  return forgotten;
}

async function regroup(tx: Transaction, dispatchId: string, lineIds: readonly string[]): Promise<void> {
  const { rows: locked } = await tx.execute<{ id: string }>(sql`
    select id from orders where id in (select order_id from order_lines where id = any (${sql.param([...lineIds])}::uuid[]))
      and status in ('queued', 'processing', 'confirming') order by id for no key update`);
  const orderIds = locked.map(({ id }) => id);
  const waiting = (
    await tx
      .select()
      .from(orderLines)
      .where(inArray(orderLines.id, [...lineIds]))
  ).filter(({ status, orderId }) => status === "queued" && orderIds.includes(orderId));
  // Where the journal has lost some of its lines the RequestId is another: posted, it would buy them again.
  const whole = requestIdOf(lineIds.map((orderLineId) => ({ orderLineId }))) === dispatchId;
  if (!whole || waiting.length < lineIds.length) return hold(tx, dispatchId, waiting);
  const inOrder = lineIds.flatMap((id) => waiting.filter((line) => line.id === id));
  await tx
    .update(orderLines)
    .set({ status: "processing", heldFor: null })
    .where(inArray(orderLines.id, [...lineIds]));
  const begun = await moveOrders(tx, [...new Set(inOrder.map(({ orderId }) => orderId))], "processing");
  const written = await writeDispatch(
    tx,
    inOrder.map(({ id, ...line }) => ({ ...line, orderLineId: id })),
  );
  await enqueue(tx, [{ name: "dispatches/stalled", data: { dispatchId: written } }]);
  await addToTimeline(tx, begun, {
    kind: "claimed",
    title: "Purchase found again",
    detail: "It was made before; its cards are fetched",
  });
  await resolveAlert(tx, { kind: WAITS_FOR_OTHERS, subject: subjectOf(dispatchId) });
}

async function hold(tx: Transaction, dispatchId: string, waiting: readonly { id: string; orderId: string }[]): Promise<void> {
  if (waiting.length === 0) return;
  await tx
    .update(orderLines)
    .set({ heldFor: dispatchId })
    .where(
      inArray(
        orderLines.id,
        waiting.map(({ id }) => id),
      ),
    );
  await raiseAlert(tx, {
    kind: WAITS_FOR_OTHERS,
    severity: "critical",
    subject: subjectOf(dispatchId),
    title: "Orders wait for others that were bought with them before the database was put back",
    detail: {
      requestId: dispatchId,
      waitingOrderIds: [...new Set(waiting.map(({ orderId }) => orderId))].slice(0, ORDERS_NAMED),
    },
  });
}

/** There is no such dispatch here to look at, so it is not named as one. */
const subjectOf = (dispatchId: string) => `forgotten:${dispatchId}`;
const ORDERS_NAMED = 20;
const WAITS_FOR_OTHERS = "dispatch.waits_for_forgotten";
