import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

const EVERY_MS = 100;
const CONNECT_TIMEOUT_MS = 1_000;
const STATEMENT_TIMEOUT_MS = 5_000;
const MAX_WRONG = 10;

/** One statement is one snapshot: all balances, and what was recorded as paid in, at the same moment. */
const SNAPSHOT = `
  select
    (select coalesce(sum(balance_minor), 0)::bigint from ledger_accounts a where kind in ('available', 'held', 'sales') and currency = 'USD')
      - (select coalesce(sum(amount_minor), 0)::bigint from transfers where kind = 'top_up' and currency = 'USD') as unexplained,
    (select count(*)::int from (select from ledger_accounts group by currency having sum(balance_minor) <> 0) off) as unbalanced,
    (select count(*)::int from ledger_accounts where kind = 'available' and balance_minor < -credit_limit_minor) as overdrawn,
    (select count(*)::int from ledger_accounts where kind = 'held' and balance_minor < 0) as held_below_zero,
    (select count(*)::int from ledger_accounts) as accounts`;

export interface Readings {
  reads: number;
  /** Looks that found no database. */
  away: number;
  wrong: string[];
}

/** Looks at all balances again and again until told to stop, through every restart of the database. */
export async function watchBalances(ownerUrl: string, stopped: () => boolean): Promise<Readings> {
  const readings: Readings = { reads: 0, away: 0, wrong: [] };
  let client: pg.Client | undefined;
  while (!stopped()) {
    try {
      client ??= await open(ownerUrl);
      const { rows } = await client.query<Record<string, string | number>>(SNAPSHOT);
      readings.reads += 1;
      note(readings, rows[0] ?? {});
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      readings.away += 1;
      await close(client);
      client = undefined;
    }
    await sleep(EVERY_MS);
  }
  await close(client);
  return readings;
}

function note({ reads, wrong }: Readings, { accounts, ...sums }: Record<string, string | number>): void {
  if (Number(accounts) === 0) wrong.push(`Look ${reads} saw no accounts`);
  const off = Object.entries(sums).filter(([, sum]) => Number(sum) !== 0);
  if (off.length > 0 && wrong.length < MAX_WRONG)
    wrong.push(`Look ${reads}: ${off.map(([name, sum]) => `${name} ${sum}`).join(", ")}`);
}

async function open(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  // A connection that is lost between two looks fails the next one.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** A connection whose server is gone cannot say goodbye. */
async function close(client: pg.Client | undefined): Promise<void> {
  await client?.end().catch(() => undefined);
}
