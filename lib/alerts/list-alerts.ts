import { desc, sql } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { alerts } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import { selectAlerts, toAlert } from "./alert-rows";
import type { AlertsPage, alertsQuery } from "./schemas";

const isOpen = sql`(${alerts.resolvedAt} is null)`;

/** Alerts for staff: open ones first, then newest first, by keyset. */
export async function listAlerts(ctx: Ctx, query: z.infer<typeof alertsQuery>): Promise<AlertsPage> {
  requireStaffActor(ctx, "metrics.read");
  const rows = await selectAlerts(db())
    .where(after(query.cursor))
    .orderBy(sql`${isOpen} desc`, desc(alerts.createdAt), desc(alerts.id))
    .limit(query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1)?.row;
  const nextCursor =
    rows.length > query.limit && last
      ? encodeCursor([String(last.resolvedAt === null), last.createdAt.toISOString(), last.id])
      : null;
  return { items: items.map(toAlert), nextCursor };
}

function after(cursor: string | undefined) {
  if (!cursor) return undefined;
  const [open, createdAt, id] = decodeCursor(cursor, ["boolean", "time", "uuid"]);
  return sql`(${isOpen}, ${alerts.createdAt}, ${alerts.id}) < (${open === "true"}::boolean, ${createdAt}::timestamptz, ${id}::uuid)`;
}
