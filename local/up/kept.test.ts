import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { choosePorts, isFree, PORT_NAMES } from "./ports";
import { keepSecrets } from "./secrets";

let folder: string;
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function occupy(port: number): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

describe("secrets", () => {
  test("are made once, readable by the owner alone, and of the forms their users want", () => {
    const secrets = keepSecrets(folder);
    expect(keepSecrets(folder)).toEqual(secrets);
    expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(secrets.inngestSigningKey).toMatch(/^signkey-local-(?:[0-9a-f]{2})+$/);
    expect(secrets.cardMasterKeys).toMatch(/^1:/);
    expect(Buffer.from(secrets.cardMasterKeys.slice(2), "base64")).toHaveLength(32);
    expect(Buffer.from(secrets.cardFingerprintKey, "base64")).toHaveLength(32);
    expect(secrets.bambooWebhookSecret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
    expect(secrets.demoPassword).toMatch(/^[a-z]+-\d\d-[a-z]+-\d\d-[a-z]+$/);
    expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
  });

  test("one that a newer version wants is added; the others stay", () => {
    const { demoPassword: _gone, ...older } = keepSecrets(folder);
    writeFileSync(join(folder, "secrets.json"), JSON.stringify(older));
    expect(keepSecrets(folder)).toMatchObject(older);
    expect(JSON.parse(readFileSync(join(folder, "secrets.json"), "utf8"))).toHaveProperty("demoPassword");
  });

  test("a file that cannot be read is never written over", () => {
    writeFileSync(join(folder, "secrets.json"), "{ half");
    expect(() => keepSecrets(folder)).toThrow("put a good copy back");
    expect(readFileSync(join(folder, "secrets.json"), "utf8")).toBe("{ half");
  });
});

describe("ports", () => {
  test("are distinct, and the same at the next start", async () => {
    const ports = await choosePorts(folder, 0);
    expect(new Set(Object.values(ports)).size).toBe(PORT_NAMES.length);
    expect(await choosePorts(folder, 0)).toEqual(ports);
  });

  test("one that was taken meanwhile is replaced, the others stay", async () => {
    const before = await choosePorts(folder, 0);
    await occupy(before.upstash);
    const after = await choosePorts(folder, 0);
    expect(after.upstash).not.toBe(before.upstash);
    expect({ ...after, upstash: 0 }).toEqual({ ...before, upstash: 0 });
    expect(await choosePorts(folder, 0)).toEqual(after);
  });

  test("the portal gets the port it was asked for, and a taken one is refused", async () => {
    const { portal } = await choosePorts(folder, 0);
    expect((await choosePorts(folder, portal)).portal).toBe(portal);
    await occupy(portal);
    await expect(choosePorts(folder, portal)).rejects.toThrow(`Port ${portal} (PORT) is taken`);
  });

  test("a record that cannot be read is made anew", async () => {
    writeFileSync(join(folder, "ports.json"), "[]");
    expect(Object.keys(await choosePorts(folder, 0))).toEqual([...PORT_NAMES]);
  });

  test("a port that somebody listens on is not free", async () => {
    expect(await isFree(await occupy(0))).toBe(false);
  });
});
