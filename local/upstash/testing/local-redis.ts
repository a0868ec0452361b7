import { Redis } from "@upstash/redis";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { startUpstash, type Upstash } from "../start";

const TOKEN = "test-token";
/** 2026-01-01T00:00:00.123Z, where the clock of a test begins. */
export const START_MS = 1_767_225_600_123;

export interface LocalRedis {
  /** The real client, with its automatic pipelining and JSON. */
  redis: Redis;
  /** The same without JSON in answers, to see what Redis itself says. */
  raw: Redis;
  /** Sends one command as it is; rejects with the server's error. */
  send(...command: (string | number)[]): Promise<unknown>;
  upstash: Upstash;
  clock: { nowMs: number };
}

/** For a test file: a server with a clock of its own for the file, emptied before each test. */
export function setUpLocalRedis(): () => LocalRedis {
  let local: LocalRedis | undefined;
  const current = () => {
    if (!local) throw new Error("The local Upstash is not running yet: call this within a test");
    return local;
  };
  beforeAll(async () => {
    const clock = { nowMs: START_MS };
    const upstash = await startUpstash({ token: TOKEN, now: () => clock.nowMs });
    local = { upstash, clock, redis: connect(upstash), raw: connect(upstash, false), send: sender(upstash) };
  });
  beforeEach(() => {
    current().clock.nowMs = START_MS;
    current().upstash.flush();
  });
  afterAll(() => current().upstash.stop());
  return current;
}

/** The real client, which does not retry: a lost connection must fail a test. */
export function connect(upstash: Upstash, automaticDeserialization = true): Redis {
  return new Redis({ url: upstash.url, token: TOKEN, retry: false, enableTelemetry: false, automaticDeserialization });
}

/** A plain HTTP request as the client makes it. */
export function post(upstash: Upstash, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${upstash.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

function sender(upstash: Upstash): LocalRedis["send"] {
  return async (...command) => {
    const response = await post(upstash, "/", command);
    const answer: unknown = await response.json();
    if (typeof answer !== "object" || answer === null) throw new Error("The answer is not an object");
    if ("error" in answer) throw new Error(String(answer.error));
    return "result" in answer ? answer.result : undefined;
  };
}

export { TOKEN };
