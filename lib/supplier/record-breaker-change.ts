import { sql } from "drizzle-orm";
import { db, type Executor } from "@/drizzle/client";
import { raiseAlert, resolveAlert } from "@/lib/alerts";
import type { Endpoint } from "@/lib/bamboo";

const WORDS = {
  placeOrder: "orders",
  getOrder: "questions about orders",
  catalog: "reads of the catalogue",
  exchangeRates: "reads of exchange rates",
  ordersReport: "reads of its report",
} as const satisfies Record<Endpoint, string>;

export type BreakerChange = "opened" | "closed";

const KIND = "supplier.breaker_open";
/** Without these two no order is bought, or none ends. The others leave us with what was read last. */
const CRITICAL: readonly Endpoint[] = ["placeOrder", "getOrder"];

/**
 * Writes down that the calls to an endpoint were stopped or let through again, and raises or ends the alert about it. `failures` are those
 * in a row. Answers false where that already stands as the endpoint's last change: telling twice changes nothing.
 */
export async function recordBreakerChange(endpoint: Endpoint, change: BreakerChange, failures: number): Promise<boolean> {
  return db().transaction(async (tx) => {
    // Two changes told at once are judged one after the other, each by what the other left.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`breaker:${endpoint}`}, 0))`);
    const { rowCount } = await tx.execute(sql`
      insert into breaker_changes (endpoint, change, failures, at)
      select ${endpoint}::text, ${change}::text, ${failures}::int, clock_timestamp()
      where ${change}::text <> coalesce(
        (select c.change from breaker_changes c where c.endpoint = ${endpoint} order by c.at desc, c.id desc limit 1), 'closed')`);
    if (!rowCount) return false;
    await tell(tx, endpoint, change, failures);
    return true;
  });
}

async function tell(executor: Executor, endpoint: Endpoint, change: BreakerChange, failures: number): Promise<void> {
  const subject = `supplier:${endpoint}`;
  if (change === "closed") {
    await resolveAlert(executor, { kind: KIND, subject });
    return;
  }
  await raiseAlert(executor, {
    kind: KIND,
    severity: CRITICAL.includes(endpoint) ? "critical" : "warning",
    subject,
    title: `The supplier does not answer ${WORDS[endpoint]}; they wait, and one at a time tries whether it is back`,
    detail: { endpoint, failures },
  });
}
