import { type NeonQueryFunction, neon } from "@neondatabase/serverless";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { asNeonUrl, startTestPostgres, type TestPostgres, useGate } from "./test-postgres";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let postgres: TestPostgres;
let url: string;
let sql: NeonQueryFunction<false, false>;

beforeAll(async () => {
  postgres = await startTestPostgres();
  useGate(postgres.current().gateUrl);
  url = asNeonUrl(postgres.current().ownerUrl);
  sql = neon(url);
  await sql`create table coins (id int primary key, worth numeric(10, 2) constraint worth_is_positive check (worth > 0))`;
});

afterAll(() => postgres.remove());

describe("the driver's neon() over HTTP", () => {
  test("rows as objects, as arrays, and with everything about them", async () => {
    expect(await sql`select ${1}::int as one, ${"two"}::text as two`).toEqual([{ one: 1, two: "two" }]);
    expect(await sql.query("select 1 as one, null as nothing", [], { arrayMode: true })).toEqual([[1, null]]);
    const full = await sql.query("select 1::bigint as big from generate_series(1, 2)", [], { fullResults: true });
    expect(full).toMatchObject({ command: "SELECT", rowCount: 2, rowAsArray: false, rows: [{ big: "1" }, { big: "1" }] });
    expect(full.fields).toMatchObject([{ name: "big", dataTypeID: 20, format: "text" }]);
  });

  test("every type survives the way there and back", async () => {
    const at = new Date("2026-01-02T03:04:05.678Z");
    const given = {
      big: "9007199254740993",
      exact: "12.3400",
      json: { a: [1, null, "ü"] },
      at,
      bytes: Buffer.from([0, 255, 16]),
      list: ["a", 'b"c'],
    };
    const [row] = await sql`
      select ${given.big}::bigint as big, ${given.exact}::numeric as exact, ${given.json}::jsonb as json, ${at}::timestamptz as at,
             ${given.bytes}::bytea as bytes, ${given.list}::text[] as list, ${null}::text as nothing, ${true}::bool as yes`;
    expect(row).toEqual({ ...given, nothing: null, yes: true });
  });

  test("an error carries PostgreSQL's own fields", async () => {
    await expect(sql`insert into coins values (1, -1)`).rejects.toMatchObject({
      name: "NeonDbError",
      code: "23514",
      severity: "ERROR",
      table: "coins",
      constraint: "worth_is_positive",
    });
    await expect(sql`selec`).rejects.toMatchObject({ code: "42601", position: "1" });
    await expect(sql.query("select 1; select 2")).rejects.toMatchObject({ code: "42601" });
  });

  test("a wrong password is refused with its code", async () => {
    await expect(neon(url.replace(/:[^:@]*@/, ":wrong@"))`select 1`).rejects.toMatchObject({ code: "28P01" });
  });

  test("a batch is one transaction: all of it, or nothing", async () => {
    const results = await sql.transaction([sql`insert into coins values (2, 5)`, sql`select worth from coins where id = 2`]);
    expect(results).toEqual([[], [{ worth: "5.00" }]]);
    const failing = sql.transaction([sql`insert into coins values (3, 5)`, sql`insert into coins values (3, 6)`]);
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect(await sql`select id from coins where id = 3`).toEqual([]);
  });

  test("a batch runs at the isolation and access asked for", async () => {
    const options = { isolationLevel: "Serializable", readOnly: true, deferrable: true } as const;
    const settings = await sql.transaction([sql`show transaction_isolation`, sql`show transaction_read_only`], options);
    expect(settings).toEqual([[{ transaction_isolation: "serializable" }], [{ transaction_read_only: "on" }]]);
    await expect(sql.transaction([sql`insert into coins values (4, 1)`], { readOnly: true })).rejects.toMatchObject({
      code: "25006",
    });
  });

  test("nothing of one request's session reaches the next", async () => {
    await sql`select set_config('steller.left', 'behind', false), pg_advisory_lock(9)`;
    await sql`begin`;
    expect(await sql`select current_setting('steller.left', true) as left`).not.toEqual([{ left: "behind" }]);
    expect(await sql`select count(*)::int as held from pg_locks where locktype = 'advisory'`).toEqual([{ held: 0 }]);
    expect(await sql`select count(*)::int as open from pg_stat_activity where state = 'idle in transaction'`).toEqual([
      { open: 0 },
    ]);
  });

  test("without raw text, JSON values where JSON can hold them", async () => {
    const response = await fetch(`http://127.0.0.1:${postgres.current().gatePort}/sql`, {
      method: "POST",
      headers: { "Neon-Connection-String": url },
      body: JSON.stringify({
        query: `select $1::int as n, true as yes, 2::bigint as big, '{"a":1}'::jsonb as json, 'NaN'::float8 as nan`,
        params: [1],
      }),
    });
    expect(await response.json()).toMatchObject({ rows: [{ n: 1, yes: true, big: "2", json: { a: 1 }, nan: "NaN" }] });
  });
});
