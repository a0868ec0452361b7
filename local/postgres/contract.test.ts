import { Client, Pool } from "@neondatabase/serverless";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-serverless";
import { bigint, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { asNeonUrl, startTestPostgres, type TestPostgres, useGate } from "./test-postgres";

const CLIENTS = 20;
const JOBS = 300;
const LARGE_CHARS = 12_000_000;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let postgres: TestPostgres;
let pool: Pool;

beforeAll(async () => {
  postgres = await startTestPostgres();
  useGate(postgres.current().gateUrl);
  pool = new Pool({ connectionString: asNeonUrl(postgres.current().ownerUrl), max: CLIENTS });
  await pool.query("create table accounts (id bigint primary key, name text constraint name_is_free unique)");
});

afterAll(async () => {
  await pool.end();
  await postgres.remove();
});

describe("the driver's Pool over a WebSocket", () => {
  test("an interactive transaction keeps what it commits and forgets what it rolls back", async () => {
    const client = await pool.connect();
    try {
      await client.query("begin");
      await client.query("insert into accounts values ($1, $2)", ["1", "kept"]);
      const seen = await client.query("select name from accounts where id = $1", ["1"]);
      expect(seen.rows).toEqual([{ name: "kept" }]);
      expect((await pool.query("select 1 from accounts")).rowCount).toBe(0);
      await client.query("commit");
      await client.query("begin");
      await client.query("insert into accounts values ($1, $2)", ["2", "gone"]);
      await client.query("rollback");
    } finally {
      client.release();
    }
    expect((await pool.query("select id, name from accounts")).rows).toEqual([{ id: "1", name: "kept" }]);
  });

  test("an error carries PostgreSQL's own fields, and the session goes on", async () => {
    await pool.query("insert into accounts values (10, 'taken')");
    const clash = pool.query("insert into accounts values (11, 'taken')");
    await expect(clash).rejects.toMatchObject({
      code: "23505",
      severity: "ERROR",
      schema: "public",
      table: "accounts",
      constraint: "name_is_free",
      detail: "Key (name)=(taken) already exists.",
    });
    await expect(pool.query("select nonsense")).rejects.toMatchObject({ code: "42703", position: "8" });
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });

  test("a wrong password is refused with its code", async () => {
    const wrong = asNeonUrl(postgres.current().ownerUrl).replace(/:[^:@]*@/, ":wrong@");
    const client = new Client(wrong);
    await expect(client.connect()).rejects.toMatchObject({ code: "28P01" });
  });

  test("values come back as node-postgres gives them", async () => {
    const { rows } = await pool.query(
      `select 9007199254740993::bigint as big, 12.3400::numeric as exact, '{"a":[1,null]}'::jsonb as json,
              '2026-01-02T03:04:05.678Z'::timestamptz as at, '\\x00ff10'::bytea as bytes, null::text as nothing`,
    );
    expect(rows[0]).toEqual({
      big: "9007199254740993",
      exact: "12.3400",
      json: { a: [1, null] },
      at: new Date("2026-01-02T03:04:05.678Z"),
      bytes: Buffer.from([0, 255, 16]),
      nothing: null,
    });
  });

  test("megabytes pass in both directions", async () => {
    const large = "é".repeat(LARGE_CHARS / 2);
    const { rows } = await pool.query("select length($1::text) as chars, $1::text as text", [large]);
    expect(rows[0].chars).toBe(LARGE_CHARS / 2);
    expect(rows[0].text === large).toBe(true);
  });

  test("twenty clients with skip locked take every job exactly once", async () => {
    await pool.query("create table jobs (id int primary key, taken_by int)");
    await pool.query("insert into jobs select n, null from generate_series(1, $1::int) n", [JOBS]);
    const taken = await Promise.all(Array.from({ length: CLIENTS }, (_, worker) => takeJobs(worker)));
    expect(taken.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: JOBS }, (_, index) => index + 1));
  });

  test("a notification reaches a listening client", async () => {
    const client = new Client(asNeonUrl(postgres.current().ownerUrl));
    await client.connect();
    const heard = new Promise((resolve) => client.on("notification", resolve));
    await client.query("listen news");
    await pool.query("select pg_notify('news', 'hello')");
    expect(await heard).toMatchObject({ channel: "news", payload: "hello" });
    await client.end();
  });

  test("two sessions cannot hold one advisory lock", async () => {
    const [first, second] = await Promise.all([pool.connect(), pool.connect()]);
    try {
      expect((await first.query("select pg_try_advisory_lock(7) as got")).rows).toEqual([{ got: true }]);
      expect((await second.query("select pg_try_advisory_lock(7) as got")).rows).toEqual([{ got: false }]);
      await first.query("select pg_advisory_unlock(7)");
    } finally {
      first.release();
      second.release();
    }
  });
});

test("drizzle over the driver: insert, select, a transaction that fails leaves nothing", async () => {
  const accounts = pgTable("accounts", { id: bigint({ mode: "bigint" }).primaryKey(), name: text() });
  const db = drizzle({ client: pool });
  await db.insert(accounts).values({ id: 100n, name: "drizzle" });
  const failing = db.transaction(async (tx) => {
    await tx.update(accounts).set({ name: "changed" }).where(eq(accounts.id, 100n));
    await tx.execute(sql`select 1 / 0`);
  });
  await expect(failing).rejects.toMatchObject({ cause: { code: "22012" } });
  expect(await db.select().from(accounts).where(eq(accounts.id, 100n))).toEqual([{ id: 100n, name: "drizzle" }]);
});

async function takeJobs(worker: number): Promise<number[]> {
  const mine: number[] = [];
  for (let round = 0; round <= JOBS; round++) {
    const { rows } = await pool.query(
      `update jobs set taken_by = $1 where id in (
         select id from jobs where taken_by is null order by id limit 5 for update skip locked
       ) returning id`,
      [worker],
    );
    if (rows.length === 0) return mine;
    mine.push(...rows.map((row) => Number(row.id)));
  }
  return mine;
}
