import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Backend } from "./engine/backend";
import { Engine } from "./engine/engine";
import { createHandler } from "./front/handle-request";
import { createRedisBackend } from "./resp/redis-backend";

const SWEEP_EVERY_MS = 1000;
const SWEPT_KEYS = 2000;
const STOP_GRACE_MS = 1000;
/** Longer than any client keeps an idle connection, so that the client is the one to close it. */
const KEEP_ALIVE_MS = 120_000;

export interface UpstashOptions {
  /** 0 or absent takes a free port. */
  port?: number;
  /** What clients send as `Authorization: Bearer`. */
  token: string;
  /** A real redis-server behind the same front, as redis://host:port; without it keys live in memory. */
  redisUrl?: string;
  log?: (line: string) => void;
  /** Milliseconds since 1970; the clock of expiry and TIME when keys live in memory. */
  now?: () => number;
}

export interface Upstash {
  /** For UPSTASH_REDIS_REST_URL. */
  url: string;
  port: number;
  stop(): Promise<void>;
  /** Forgets every key and script. */
  flush(): void;
}

/** Starts the local Upstash on 127.0.0.1; rejects if the port is taken or the token is empty. */
export async function startUpstash(options: UpstashOptions): Promise<Upstash> {
  if (options.token === "") throw new Error("The local Upstash needs a token: set UPSTASH_REDIS_REST_TOKEN to any text");
  const log = options.log ?? (() => undefined);
  const backend = options.redisUrl ? createRedisBackend(options.redisUrl, log) : inMemory(options, log);
  const handle = createHandler({ backend, token: options.token, log });
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, (request, response) => {
    handle(request, response).catch((error) => {
      log(`The local Upstash could not answer: ${error instanceof Error ? error.stack : String(error)}`);
      response.destroy();
    });
  });
  await listen(server, options.port ?? 0);
  const { port } = addressOf(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    flush: () => backend.flush(),
    stop: async () => {
      await closeServer(server);
      await backend.close();
    },
  };
}

type HttpServer = ReturnType<typeof createServer>;

function inMemory(options: UpstashOptions, log: (line: string) => void): Backend {
  const engine = new Engine({ log, ...(options.now && { now: options.now }) });
  const sweeper = setInterval(() => engine.db.sweep(SWEPT_KEYS), SWEEP_EVERY_MS);
  sweeper.unref();
  return {
    execute: (command) => engine.execute(command),
    transaction: (commands) => engine.transaction(commands),
    flush: () => engine.flush(),
    close: async () => clearInterval(sweeper),
  };
}

function listen(server: HttpServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The local Upstash did not get a TCP port");
  return address;
}

async function closeServer(server: HttpServer): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
  await closed;
  clearTimeout(cut);
}
