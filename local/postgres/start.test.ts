import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startPostgres } from "./start";
import { PASSWORDS, startTestPostgres, type TestPostgres } from "./test-postgres";
import { assertReachable } from "./user";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let postgres: TestPostgres;
let owner: pg.Client;

beforeAll(async () => {
  postgres = await startTestPostgres();
  owner = new pg.Client({ connectionString: postgres.current().ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await postgres.remove();
});

test("the roles have the rights they need, and no more", async () => {
  const { rows } = await owner.query(
    "select rolname, rolcanlogin, rolcreaterole, rolsuper, rolbypassrls from pg_roles where rolname like 'steller%' order by 1",
  );
  const rights = { rolcanlogin: true, rolsuper: false, rolbypassrls: false };
  expect(rows).toEqual([
    { rolname: "steller_app", ...rights, rolcreaterole: false },
    { rolname: "steller_owner", ...rights, rolcreaterole: true },
  ]);
  const access = await owner.query(
    `select has_database_privilege('steller_app', 'steller', 'connect') as steller, has_database_privilege('steller_app', 'inngest', 'connect') as inngest,
            has_database_privilege('steller_app', 'steller', 'create') as make, has_schema_privilege('steller_app', 'public', 'create') as tables`,
  );
  expect(access.rows).toEqual([{ steller: true, inngest: false, make: false, tables: false }]);
});

test("both databases belong to the owner; the extensions are there and know letters beyond ASCII", async () => {
  const { rows } = await owner.query(
    "select datname from pg_database where pg_get_userbyid(datdba) = 'steller_owner' order by 1",
  );
  expect(rows).toEqual([{ datname: "inngest" }, { datname: "steller" }]);
  const extensions = await owner.query("select extname from pg_extension where extname <> 'plpgsql' order by 1");
  expect(extensions.rows.map((row) => row.extname)).toEqual(["citext", "pg_stat_statements", "pg_trgm"]);
  const likeness = await owner.query("select similarity('هدية', 'هديه') > 0.3 as arabic, 'CAFÉ'::citext = 'café' as accents");
  expect(likeness.rows).toEqual([{ arabic: true, accents: true }]);
});

test("it is durable, and listens on this machine alone", async () => {
  const { rows } = await owner.query(
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'unix_socket_directories') order by 1",
  );
  expect(rows.map((row) => `${row.name}=${row.setting}`)).toEqual([
    "fsync=on",
    "full_page_writes=on",
    "listen_addresses=127.0.0.1",
    "synchronous_commit=on",
    "unix_socket_directories=",
  ]);
});

test("an address to listen on cannot be set from outside", async () => {
  const other = join(postgres.dataDir, "other");
  const starting = startPostgres({ dataDir: other, passwords: PASSWORDS, settings: { listen_addresses: "*" } });
  await expect(starting).rejects.toThrow("listen_addresses is not free");
  await rm(other, { recursive: true, force: true });
});

test("an initdb that was cut short is cleared away and done again", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "steller-postgres-"));
  await mkdir(join(dataDir, "unfinished-abc", "cluster"), { recursive: true });
  await writeFile(join(dataDir, "unfinished-abc", "cluster", "PG_VERSION"), "18\n");
  const started = await startPostgres({ dataDir, passwords: PASSWORDS });
  await started.stop();
  expect((await readdir(dataDir)).toSorted()).toEqual(["cluster", "superuser-password"]);
  await rm(dataDir, { recursive: true, force: true });
});

test("a folder nobody else can enter is named, with what to do", async () => {
  const closed = await mkdtemp(join(tmpdir(), "steller-closed-"));
  const inside = join(closed, "data");
  await mkdir(inside);
  const stranger = { uid: 65_534, gid: 65_534 };
  await expect(assertReachable(stranger, inside)).rejects.toThrow(`cannot enter ${closed} (mode 700)`);
  await expect(assertReachable(stranger, tmpdir())).resolves.toBeUndefined();
  await expect(assertReachable({}, inside)).resolves.toBeUndefined();
  await rm(closed, { recursive: true });
});
