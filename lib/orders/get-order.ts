import { asc, eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { orderEvents, orderLines, orders, products, users } from "@/drizzle/schema";
import { type Ctx, requireMember } from "@/lib/auth";
import { listCards } from "@/lib/cards";
import { logoPath } from "@/lib/logos";
import { breakerEntries } from "@/lib/supplier";
import { loadOrder } from "./load-order";
import { outlook } from "./outlook";
import type { Order, TimelineEntry } from "./schemas";
import { summaryColumns, toSummary } from "./summary";

const MAX_TIMELINE = 200;

/** One order with its lines, timeline and masked cards. */
export async function getOrder(ctx: Ctx, orderId: string): Promise<Order> {
  const { partnerId } = requireMember(ctx, "orders.read");
  const order = await loadOrder(db(), partnerId, orderId);
  const [[summary], rows, timeline, cardList, waits] = await Promise.all([
    db().select(summaryColumns).from(orders).innerJoin(users, eq(users.id, orders.placedBy)).where(eq(orders.id, order.id)),
    db()
      .select({ line: orderLines, brandId: products.brandId })
      .from(orderLines)
      .leftJoin(products, eq(products.id, orderLines.productId))
      .where(eq(orderLines.orderId, order.id))
      .orderBy(asc(orderLines.position)),
    db()
      .select()
      .from(orderEvents)
      .where(eq(orderEvents.orderId, order.id))
      .orderBy(asc(orderEvents.createdAt), asc(orderEvents.id))
      .limit(MAX_TIMELINE),
    listCards(db(), order.id),
    breakerEntries(db(), order),
  ]);
  if (!summary) throw new Error(`Order ${order.id} has no user who placed it`);
  const lines = rows.map(({ line }) => line);
  return {
    ...toSummary(summary),
    lines: rows.map(({ line, brandId }) => toLine(line, brandId, order.currency)),
    timeline: [...timeline.map(toEntry), ...waits].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    cardList,
    ...(await outlook(db(), order, lines)),
    cancellable: summary.status === "queued" && lines.every(({ heldFor }) => heldFor === null),
  };
}

function toEntry({ id, createdAt, kind, title, detail }: typeof orderEvents.$inferSelect): TimelineEntry {
  return { id, at: createdAt.toISOString(), kind, title, detail };
}

function toLine(line: typeof orderLines.$inferSelect, brandId: string | null, currency: string): Order["lines"][number] {
  const money = (amountMinor: number) => ({ amountMinor, currency });
  return {
    id: line.id,
    productId: line.productId,
    productName: line.productName,
    brandName: line.brandName,
    logoUrl: brandId === null ? null : logoPath({ id: brandId, logoUrl: line.logoUrl }),
    face: { amountMinor: line.faceMinor, currency: line.faceCurrency },
    quantity: line.quantity,
    unitPrice: money(line.unitPriceMinor),
    total: money(line.unitPriceMinor * line.quantity),
    explanation: line.priceBasis,
    status: line.status,
    delivered: line.delivered,
    returned: money(line.returnedMinor),
    failure: line.failure,
  };
}
