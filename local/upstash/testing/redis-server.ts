import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";

const READY_TIMEOUT_MS = 10_000;

export function hasRedisServer(): boolean {
  return spawnSync("redis-server", ["--version"], { timeout: READY_TIMEOUT_MS }).status === 0;
}

/** A redis-server from PATH on a free port, which keeps nothing on disk. */
export async function startRedisServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  await ready(child);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => {
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      return ended;
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`redis-server was not ready in ${READY_TIMEOUT_MS} ms`)), READY_TIMEOUT_MS);
    child.once("error", reject);
    child.stdout?.on("data", (chunk) => {
      if (!String(chunk).includes("Ready to accept connections")) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address === null || typeof address === "string" ? reject(new Error("No TCP port")) : resolve(address.port),
      );
    });
  });
}
