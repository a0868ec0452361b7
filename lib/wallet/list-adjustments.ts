import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { adjustments } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import { selectAdjustments, toAdjustment } from "./adjustment-rows";
import type { AdjustmentsPage, adjustmentsQuery } from "./ledger.schemas";

/** Adjustments of all partners, newest first, by keyset. */
export async function listAdjustments(ctx: Ctx, query: z.infer<typeof adjustmentsQuery>): Promise<AdjustmentsPage> {
  requireStaffActor(ctx, "ledger.read");
  const rows = await selectAdjustments(db())
    .where(
      and(
        query.status && eq(adjustments.status, query.status),
        query.partnerId ? eq(adjustments.partnerId, query.partnerId) : undefined,
        before(query.cursor),
      ),
    )
    .orderBy(desc(adjustments.createdAt), desc(adjustments.id))
    .limit(query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1)?.row;
  const nextCursor = rows.length > query.limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null;
  return { items: items.map(toAdjustment), nextCursor };
}

function before(cursor: string | undefined) {
  if (!cursor) return undefined;
  const [createdAt, id] = decodeCursor(cursor, ["time", "uuid"]);
  return sql`(${adjustments.createdAt}, ${adjustments.id}) < (${createdAt}::timestamptz, ${id}::uuid)`;
}
