import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { TOKEN } from "./testing/local-redis";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const TIMEOUT_MS = 30_000;
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

it("says it is ready, serves, and stops when stdin ends", { timeout: TIMEOUT_MS }, async () => {
  const { child, port } = await startMain(["--stop-on-stdin-end"]);
  expect(await ping(port)).toEqual({ result: "PONG" });
  const exit = once(child, "exit");
  child.stdin?.end();
  expect((await exit)[0]).toBe(0);
});

it("outlives stdin without that flag and stops on SIGTERM", { timeout: TIMEOUT_MS }, async () => {
  const { child, port } = await startMain([]);
  child.stdin?.end();
  expect(await ping(port)).toEqual({ result: "PONG" });
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  expect((await exit)[0]).toBe(0);
});

it("refuses to start without a token", { timeout: TIMEOUT_MS }, async () => {
  const child = launch([], "");
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += String(chunk);
  });
  expect((await once(child, "exit"))[0]).toBe(1);
  expect(said).toContain("Set UPSTASH_REDIS_REST_TOKEN");
});

async function startMain(args: string[]): Promise<{ child: ChildProcess; port: number }> {
  const child = launch(args, TOKEN);
  if (!child.stdout) throw new Error("The child has no stdout");
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const ready: unknown = JSON.parse(String(line));
  expect(ready).toEqual({ ready: true, port: expect.any(Number) });
  return { child, port: Number(/"port":(\d+)/.exec(String(line))?.[1]) };
}

function launch(args: string[], token: string): ChildProcess {
  const env = { ...process.env, UPSTASH_REDIS_REST_TOKEN: token, REDIS_URL: "" };
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, "--port", "0", ...args], { env, stdio: "pipe" });
  children.push(child);
  return child;
}

async function ping(port: number): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/ping`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return response.json();
}
