import { z } from "zod";
import { isoTime } from "../money.schemas";
import { pageOf, pageQuery } from "../paging.schemas";

/** Something a person must know. While it lasts it is one alert that counts; `resolvedAt` is null as long. */
export const alertSchema = z.object({
  id: z.string(),
  /** For a program: `ledger.out_of_balance`. */
  kind: z.string(),
  severity: z.enum(["warning", "critical"]),
  /** What it is about, such as `dispatch:<id>`. */
  subject: z.string(),
  title: z.string(),
  detail: z.record(z.string(), z.unknown()),
  createdAt: isoTime,
  lastSeenAt: isoTime,
  times: z.number().int(),
  resolvedAt: isoTime.nullable(),
  acknowledgedAt: isoTime.nullable(),
  /** The name of who did. */
  acknowledgedBy: z.string().nullable(),
  /** Acknowledging ends it: nothing else will. */
  closedByHand: z.boolean(),
});
export type Alert = z.infer<typeof alertSchema>;

/** Open ones first, then newest first. */
export const alertsQuery = pageQuery;
export const alertsPage = pageOf(alertSchema);
export type AlertsPage = z.infer<typeof alertsPage>;
