import { parseArgs } from "node:util";
import { startUpstash } from "./start";

/** `tsx local/upstash/main.ts --port N [--stop-on-stdin-end]`, with the token and perhaps REDIS_URL in the environment. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "0" }, "stop-on-stdin-end": { type: "boolean", default: false } },
  });
  const token = process.env.UPSTASH_REDIS_REST_TOKEN;
  if (!token) throw new Error("Set UPSTASH_REDIS_REST_TOKEN: it is the token clients must send");
  const redisUrl = process.env.REDIS_URL;
  const upstash = await startUpstash({
    port: portOf(values.port),
    token,
    ...(redisUrl && { redisUrl }),
    log: (line) => console.error(line),
  });
  const stop = once(() => upstash.stop().then(() => process.exit(0)));
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  if (values["stop-on-stdin-end"]) process.stdin.on("end", stop).on("close", stop).resume();
  console.log(JSON.stringify({ ready: true, port: upstash.port }));
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port must be 0 to 65535, not '${text}'`);
  return port;
}

function once(work: () => void): () => void {
  let called = false;
  return () => {
    if (called) return;
    called = true;
    work();
  };
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
