import { sql } from "drizzle-orm";
import { prune } from "@/drizzle/prune";
import { supplierCalls } from "@/drizzle/schema";

/** Longer than the dashboard's longest window, and than a quarrel about a purchase usually takes. */
const KEPT_DAYS = 90;

export function pruneCalls(): Promise<number> {
  return prune(supplierCalls, sql`created_at < now() - make_interval(days => ${KEPT_DAYS})`);
}
