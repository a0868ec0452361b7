import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Executor } from "@/drizzle/client";
import { adjustments, partners, transfers, users } from "@/drizzle/schema";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import { type Adjustment, isLargeAdjustment } from "./ledger.schemas";

const author = alias(users, "author");
const decider = alias(users, "decider");

/** Adjustments with the names around them; the caller adds which, in what order and how many. */
export function selectAdjustments(executor: Executor) {
  return executor
    .select({
      row: adjustments,
      partnerName: partners.name,
      requestedBy: { id: author.id, name: author.name },
      decidedBy: { id: decider.id, name: decider.name },
      transferId: transfers.id,
    })
    .from(adjustments)
    .innerJoin(partners, eq(partners.id, adjustments.partnerId))
    .innerJoin(author, eq(author.id, adjustments.requestedBy))
    .leftJoin(decider, eq(decider.id, adjustments.decidedBy))
    .leftJoin(transfers, eq(transfers.adjustmentId, adjustments.id));
}

/** One adjustment as staff see it; throws `not_found`. */
export async function readAdjustment(executor: Executor, id: string): Promise<Adjustment> {
  const [found] = isUuid(id) ? await selectAdjustments(executor).where(eq(adjustments.id, id)) : [];
  if (!found) throw notFound("adjustment");
  return toAdjustment(found);
}

export function toAdjustment(found: Awaited<ReturnType<typeof selectAdjustments>>[number]): Adjustment {
  const { row, partnerName, requestedBy, decidedBy, transferId } = found;
  return {
    id: row.id,
    partnerId: row.partnerId,
    partnerName,
    amount: { amountMinor: row.amountMinor, currency: row.currency },
    reason: row.reason,
    status: row.status,
    large: isLargeAdjustment(row.amountMinor, row.currency),
    requestedBy,
    requestedAt: row.createdAt.toISOString(),
    decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    transferId,
  };
}
