import pg from "pg";
import { errorCode } from "./errors";

const CONNECT_TIMEOUT_MS = 10_000;
const OWNER = "steller_owner";
const APP = "steller_app";
const DATABASES = ["steller", "inngest"];
const EXTENSIONS = ["pg_trgm", "citext", "pg_stat_statements"];

export interface Access {
  port: number;
  superuserPassword: string;
  passwords: { owner: string; app: string };
}

/** Makes roles, databases and extensions what they should be. Safe to repeat; runs at every start. Returns the URLs. */
export async function provision(access: Access): Promise<{ ownerUrl: string; appUrl: string }> {
  await asSuperuser(access, "postgres", async (client) => {
    await makeRoles(client, access.passwords);
    await makeDatabases(client);
  });
  await asSuperuser(access, "steller", makeExtensions);
  const url = (role: string, password: string) =>
    `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${access.port}/steller`;
  return { ownerUrl: url(OWNER, access.passwords.owner), appUrl: url(APP, access.passwords.app) };
}

async function makeRoles(client: pg.Client, passwords: Access["passwords"]): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>("select rolname from pg_roles");
  const roles = [
    { name: OWNER, rights: "login createrole", password: passwords.owner },
    { name: APP, rights: "login", password: passwords.app },
  ];
  for (const { name, rights, password } of roles) {
    const verb = rows.some((row) => row.rolname === name) ? "alter" : "create";
    await client.query(`${verb} role ${name} ${rights} password ${client.escapeLiteral(password)}`);
  }
  // As Neon's first role has it: migrations may let the application read the statistics of all statements.
  await client.query(`grant pg_monitor to ${OWNER} with admin option`);
}

async function makeDatabases(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>("select datname from pg_database");
  for (const name of DATABASES) {
    if (!rows.some((row) => row.datname === name)) await client.query(`create database ${name} owner ${OWNER}`);
    await client.query(`revoke all on database ${name} from public`);
  }
  await client.query(`grant connect on database steller to ${APP}`);
}

async function makeExtensions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>("select name from pg_available_extensions where name = any($1)", [
    EXTENSIONS,
  ]);
  for (const { name } of rows) await client.query(`create extension if not exists ${name}`);
}

async function asSuperuser(access: Access, database: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: access.port,
    user: "postgres",
    password: access.superuserPassword,
    database,
    ssl: false,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  try {
    await client.connect();
    await work(client);
  } catch (error) {
    if (errorCode(error) !== "28P01") throw error;
    throw new Error(
      "The superuser's password beside the database is not the one it was made with. Put the file superuser-password of " +
        "that data folder back, or start on another folder.",
      { cause: error },
    );
  } finally {
    await client.end();
  }
}
