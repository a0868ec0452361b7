import { eq } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { alerts, users } from "@/drizzle/schema";
import { isClosedByHand } from "./closed-by-hand";
import type { Alert } from "./schemas";

/** Alerts with the name of who acknowledged them; the caller adds which, in what order and how many. */
export function selectAlerts(executor: Executor) {
  return executor
    .select({ row: alerts, acknowledgedBy: users.name })
    .from(alerts)
    .leftJoin(users, eq(users.id, alerts.acknowledgedBy));
}

export function toAlert({ row, acknowledgedBy }: Awaited<ReturnType<typeof selectAlerts>>[number]): Alert {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy,
    closedByHand: isClosedByHand(row.kind),
  };
}
