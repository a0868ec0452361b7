import { once } from "node:events";
import { createServer } from "node:net";
import { neon, Pool } from "@neondatabase/serverless";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { findFreePort } from "./free-port";
import { type Gate, openGate } from "./gate";
import { useGate } from "./test-postgres";

const BODY_OVER_THE_BOUND = 10 * 1024 * 1024 + 1;
const FRAME_OVER_THE_BOUND = 32 * 1024 * 1024 + 1;
const URL_OF_NOTHING = "postgres://role:password@db.example.com/steller";

let gate: Gate;

beforeAll(async () => {
  gate = await openGate({ port: 0, postgresPort: await findFreePort(), log: () => undefined });
  useGate(`ws://127.0.0.1:${gate.port}`);
});

afterAll(() => gate.close());

describe("with no PostgreSQL behind it", () => {
  test("the Pool rejects with an Error that has PostgreSQL's code, not with a bare Event", async () => {
    const pool = new Pool({ connectionString: URL_OF_NOTHING });
    const failed = await pool.query("select 1").catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect(failed).toMatchObject({ code: "57P03", message: "PostgreSQL is not running." });
    await pool.end();
  });

  test("neon() says so too", async () => {
    await expect(neon(URL_OF_NOTHING)`select 1`).rejects.toThrow("503");
  });
});

describe("what it refuses", () => {
  test("a page in a browser", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${gate.port}/v2`, { origin: "https://example.com" });
    const [error] = await once(socket, "error");
    expect(String(error)).toContain("403");
  });

  test("a frame over the bound", async () => {
    const silent = createServer((connection) => connection.on("error", () => undefined)).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const address = silent.address();
    const silentPort = typeof address === "object" && address ? address.port : 0;
    const gateToSilent = await openGate({ port: 0, postgresPort: silentPort, log: () => undefined });
    const socket = new WebSocket(`ws://127.0.0.1:${gateToSilent.port}/v2`, { perMessageDeflate: false });
    const closed = once(socket, "close");
    await once(socket, "open");
    socket.send(Buffer.alloc(FRAME_OVER_THE_BOUND));
    expect((await closed)[0]).toBe(1009);
    await gateToSilent.close();
    silent.close();
  });

  test.each([
    { title: "a body over the bound", body: "x".repeat(BODY_OVER_THE_BOUND), status: 413, says: "too large" },
    { title: "a body that is not JSON", body: "{", status: 400, says: "not JSON" },
    { title: "a body of another shape", body: '{"sql":"select 1"}', status: 400, says: "neither" },
    { title: "a missing address", body: '{"query":"select 1"}', status: 400, says: "Neon-Connection-String" },
  ])("$title, saying what is wrong", async ({ body, status, says }) => {
    const response = await fetch(`http://127.0.0.1:${gate.port}/sql`, { method: "POST", body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining(says) });
  });

  test("an isolation level that is none", async () => {
    const response = await fetch(`http://127.0.0.1:${gate.port}/sql`, {
      method: "POST",
      headers: { "Neon-Connection-String": URL_OF_NOTHING, "Neon-Batch-Isolation-Level": "Total" },
      body: '{"queries":[]}',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining("Serializable") });
  });

  test("any other path", async () => {
    expect((await fetch(`http://127.0.0.1:${gate.port}/`)).status).toBe(404);
  });
});
