import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { balances, makePartner, type TestPartner } from "@/local/testing/factories";
import { NO_RIGHT, refusalOf } from "./ledger.fixture";

/** Attacks on the rules themselves, with SQL as the application's role: it cannot take away what refuses it, nor become somebody else. */

let partner: TestPartner;
beforeAll(async () => {
  partner = await makePartner({ fundsMinor: 1_000 });
});

test.each([
  // History.
  "update transfers set amount_minor = 1",
  "update transfers set memo = 'other'",
  "delete from transfers",
  "truncate transfers",
  "truncate transfers, ledger_accounts cascade",
  "merge into transfers t using (select 1) s on true when matched then delete",
  "delete from audit_log",
  "update audit_log set actor = 'nobody'",
  "update ledger_checks set ok = true",
  "delete from ledger_checks",
  "delete from allocations",
  "update allocations set quantity = 500",
  "update dispatch_lines set quantity = 500",
  "delete from orders",
  "delete from order_lines",
  "update idempotency_keys set body = '{}'",
  // The rules.
  "alter table transfers disable trigger all",
  "alter table transfers disable trigger transfers_apply",
  "drop trigger transfers_apply on transfers",
  "create trigger mine before insert on transfers for each row execute function refuse_change()",
  "alter table ledger_accounts drop constraint ledger_accounts_available",
  "alter table transfers drop constraint transfers_amount",
  "drop index transfers_one_hold",
  "drop table transfers cascade",
  "create or replace function apply_transfers() returns trigger language plpgsql as 'begin return null; end'",
  "alter function apply_transfers() security invoker",
  "alter function apply_transfers() set search_path = pg_temp",
  "create or replace function minor_exponent(currency text) returns integer language sql immutable return 9",
  "create rule mine as on insert to transfers do instead nothing",
  "set session_replication_role = replica",
  "select set_config('session_replication_role', 'replica', true)",
  "select check_settlements(array[]::uuid[])",
  "select setval('ledger_accounts_id_seq', 1)",
  "do $$ begin lock table ledger_accounts in access exclusive mode; end $$",
  // Things of its own, in the way of ours.
  "create table mine (id int)",
  "create temporary table ledger_accounts (id bigint)",
  "create schema mine",
  "create function mine() returns int language sql as 'select 1'",
  "create extension dblink",
  "create publication mine for all tables",
  // Somebody else.
  "set role steller_owner",
  "set session authorization steller_owner",
  "alter role steller_app superuser",
  "alter role steller_app bypassrls",
  "create role mine",
  "grant steller_owner to steller_app",
  "alter table transfers owner to steller_app",
  "alter system set fsync = off",
  // What is none of its business.
  "select rolpassword from pg_authid",
  "select passwd from pg_shadow",
  "select * from drizzle.__drizzle_migrations",
  "select pg_read_file('PG_VERSION')",
  "select lo_import('/etc/hostname')",
  "copy transfers to program 'true'",
  "copy transfers to '/tmp/transfers'",
])("may not: %s", async (statement) => {
  expect(await refusalOf(sql.raw(statement))).toMatchObject({ state: NO_RIGHT });
  expect(await balances(partner.partnerId)).toEqual({ available: 1_000, held: 0 });
});

test("a right it grants itself is none", async () => {
  // PostgreSQL warns and grants nothing.
  await db().execute(sql`grant all on ledger_accounts, transfers to steller_app`);
  expect(await refusalOf(sql`update ledger_accounts set balance_minor = 0`)).toMatchObject({ state: NO_RIGHT });
});

test("every function that runs with the owner's rights finds our tables before any temporary one", async () => {
  const { rows } = await db().execute<{ name: string; path: string | null }>(sql`
    select p.proname as name, (select setting from unnest(p.proconfig) as setting where setting like 'search_path=%') as path
    from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by p.proname`);
  expect(rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["apply_transfers", "schema_migrations", "set_credit_limit"]),
  );
  for (const { name, path } of rows) expect(path, name).toMatch(/, pg_temp$/);
});

test("it holds no right to change a ledger's table beyond adding a transfer, an account and an adjustment", async () => {
  const { rows } = await db().execute<{ name: string; rights: string }>(sql`
    select table_name as name, string_agg(privilege_type, ',' order by privilege_type) as rights from information_schema.table_privileges
    where grantee in ('steller_app', 'PUBLIC') and table_name in ('transfers', 'ledger_accounts', 'adjustments', 'ledger_checks', 'audit_log')
    group by table_name order by table_name`);
  expect(rows).toEqual([
    { name: "adjustments", rights: "INSERT,SELECT" },
    { name: "audit_log", rights: "INSERT,SELECT" },
    { name: "ledger_accounts", rights: "SELECT" },
    { name: "ledger_checks", rights: "INSERT,SELECT" },
    { name: "transfers", rights: "INSERT,SELECT" },
  ]);
});
