import { sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { alerts } from "@/drizzle/schema";
import { newId } from "@/lib/ids";

export interface NewAlert {
  /** For a program, as `noun.fact`: `ledger.out_of_balance`. */
  kind: string;
  severity: (typeof alerts.$inferInsert)["severity"];
  /** What it is about: with `kind` it tells one open alert from another. */
  subject: string;
  /** One sentence for a person. */
  title: string;
  /** Ids, counts and amounts that help to find the cause. Never a code or a secret: staff read this, and it is kept. */
  detail?: Record<string, unknown>;
}

/**
 * Raises an alert, or counts it again while it is open; the newest words win. Answers whether it is new. Its row stays locked until the
 * caller's transaction ends, so raise it late in a long one.
 */
export async function raiseAlert(executor: Executor, alert: NewAlert): Promise<{ first: boolean }> {
  const { kind, severity, subject, title, detail = {} } = alert;
  const [row] = await executor
    .insert(alerts)
    .values({ id: newId(), kind, severity, subject, title, detail })
    .onConflictDoUpdate({
      target: [alerts.kind, alerts.subject],
      targetWhere: sql`resolved_at is null`,
      set: { severity, title, detail, times: sql`${alerts.times} + 1`, lastSeenAt: sql`now()` },
    })
    .returning({ times: alerts.times });
  return { first: row?.times === 1 };
}
