import { type SQL, sql } from "drizzle-orm";
import { db, type Executor } from "@/drizzle/client";
import type { LedgerFinding } from "./ledger.schemas";

/** Of each kind of fault: enough to see what is wrong; the count is of all. */
const MAX_FINDINGS_EACH = 20;

export interface Replay {
  /** How many transfers were played. */
  transfers: number;
  found: number;
  findings: LedgerFinding[];
}

/**
 * Plays every transfer from the first and holds the result against what is written: balances, what orders hold, and what became of each
 * hold. Whole passes over the table, made by hashing: run it in one snapshot, or movements in between look like faults.
 */
export async function replayLedger(executor: Executor = db()): Promise<Replay> {
  const { rows } = await executor.execute<{ transfers: number }>(sql`select count(*) as transfers from transfers`);
  const results = [await find(executor, BALANCES), await find(executor, LINES), await find(executor, ADJUSTMENTS)];
  return {
    transfers: rows[0]?.transfers ?? 0,
    found: results.reduce((sum, { found }) => sum + found, 0),
    findings: results.flatMap(({ findings }) => findings),
  };
}

/** Rows of kind, subject, currency, expected and actual amount. */
async function find(executor: Executor, faults: SQL): Promise<{ found: number; findings: LedgerFinding[] }> {
  const { rows } = await executor.execute<LedgerFinding & { found: number }>(sql`
    select kind, subject, currency, expected::bigint as "expectedMinor", actual::bigint as "actualMinor", "found" from (
      select f.*, count(*) over () as "found", row_number() over (partition by kind order by subject) as place from (${faults}) f
    ) numbered where place <= ${MAX_FINDINGS_EACH}`);
  return { found: rows[0]?.found ?? 0, findings: rows.map(({ found: _, ...finding }) => finding) };
}

const BALANCES = sql`
  select 'balance_differs_from_transfers' as kind, 'account:' || a.id as subject, a.currency, coalesce(moved.amount, 0) as expected, a.balance_minor as actual
  from ledger_accounts a
  left join (
    select account_id, sum(amount) as amount from (
      select credit_account_id as account_id, sum(amount_minor) as amount from transfers group by credit_account_id
      union all
      select debit_account_id, -sum(amount_minor) from transfers group by debit_account_id
    ) legs group by account_id
  ) moved on moved.account_id = a.id
  where a.balance_minor <> coalesce(moved.amount, 0)`;

/**
 * A line's hold is open for as long as its order is: what a wallet holds is what its open orders have not settled. Lines that are settled
 * to nothing, which is nearly all of them, are left out before anything is joined. The kinds of `settled` are written as its index has them.
 */
const LINES = sql`
  with lines as materialized (
    select o.id as order_id, o.partner_id, o.currency, t.order_line_id,
      coalesce((select h.amount_minor from transfers h where h.order_line_id = t.order_line_id and h.kind = 'hold'), 0) as held,
      coalesce((select sum(x.amount_minor) from transfers x
        where x.order_line_id = t.order_line_id and x.kind in ('capture', 'release', 'refund') and x.kind <> 'refund'), 0) as settled,
      o.status in ('completed', 'partially_completed', 'failed', 'cancelled') as final
    from (
      select order_line_id from transfers where kind in ('hold', 'capture', 'release') group by order_line_id
      having sum(case kind when 'hold' then amount_minor else -amount_minor end) <> 0
    ) t
    join order_lines l on l.id = t.order_line_id
    join orders o on o.id = l.order_id
  )
  select 'settled_beyond_hold' as kind, 'order_line:' || order_line_id as subject, currency, held as expected, settled as actual
  from lines where settled > held
  union all
  select 'final_order_holds_money', 'order:' || order_id, currency, 0, sum(held - settled)
  from lines where final group by order_id, currency having sum(held - settled) <> 0
  union all
  select 'held_differs_from_open_lines', 'account:' || a.id, a.currency, coalesce(open.held, 0), a.balance_minor
  from ledger_accounts a
  left join (select partner_id, currency, sum(held - settled) as held from lines where not final group by partner_id, currency) open
    on open.partner_id = a.partner_id and open.currency = a.currency
  where a.kind = 'held' and a.balance_minor <> coalesce(open.held, 0)`;

const ADJUSTMENTS = sql`
  select 'adjustment_without_transfer' as kind, 'adjustment:' || a.id as subject, a.currency, abs(a.amount_minor) as expected, 0 as actual
  from adjustments a where a.status = 'posted' and not exists (select from transfers t where t.adjustment_id = a.id)`;
