import { setTimeout as sleep } from "node:timers/promises";
import type { PoolClient } from "@neondatabase/serverless";
import { expect } from "vitest";
import { connect } from "@/drizzle/client";
import { env } from "@/lib/env";
import { topUp } from "@/lib/wallet";
import type { BankSystem } from "./bank-system";

const EVERY_MS = 4_000;
const AMOUNT_MINOR = 1_234;
const MEMO = "bank test";

export interface PaidIn {
  sure: number;
  /** The answer was lost: it may be on the books, once. */
  unsure: number;
}

/** Top-ups of one partner, all the while. */
export async function payIn(partnerId: string, until: number): Promise<PaidIn> {
  const { db, pool } = connect(env().DATABASE_URL);
  // A connection that is lost in the middle of a transaction says so twice: the query fails too.
  pool.on("connect", (client: PoolClient) => client.on("error", () => undefined));
  const paid: PaidIn = { sure: 0, unsure: 0 };
  while (Date.now() < until) {
    await sleep(EVERY_MS);
    await db
      .transaction((tx) => topUp(tx, { partnerId, currency: "USD", amountMinor: AMOUNT_MINOR, memo: MEMO }))
      .then(
        () => {
          paid.sure += 1;
        },
        // The driver throws events, not only errors.
        () => {
          paid.unsure += 1;
        },
      );
  }
  await pool.end();
  return paid;
}

export async function expectPaidIn(system: BankSystem, { sure, unsure }: PaidIn): Promise<void> {
  const { rows } = await system.withDatabase((client) =>
    client.query<{ times: number }>(
      "select count(*)::int as times from transfers where kind = 'top_up' and memo = $1 and amount_minor = $2",
      [MEMO, AMOUNT_MINOR],
    ),
  );
  const times = rows[0]?.times ?? 0;
  expect(sure).toBeGreaterThan(0);
  expect(times).toBeGreaterThanOrEqual(sure);
  expect(times).toBeLessThanOrEqual(sure + unsure);
}
