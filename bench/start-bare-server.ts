import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";
import { ROOT, tsxArgs } from "../local/up/root";

export interface BareServer {
  url: string;
  stop(): Promise<void>;
}

const ready = z.object({ ready: z.literal(true), port: z.number() });

/** Runs a bare server as a process, in this one's environment, so that it has a thread of its own as the portal has. */
export async function startBareServer(file = "bench/bare-server.ts"): Promise<BareServer> {
  const child = spawn(process.execPath, tsxArgs(file), { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const line = once(createInterface(child.stdout), "line");
  const first: unknown[] = await Promise.race([
    line,
    ended.then(([code]) => Promise.reject(new Error(`The bare server ended with ${code}; why is above.`))),
  ]);
  const { port } = ready.parse(JSON.parse(String(first[0])));
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
