import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { db } from "@/drizzle/client";
import { ReadThrough } from "./read-through";

/** The wait for Redis, and what a busy machine needs besides. */
const PATIENCE_MS = 2_000;

let frozen: Server;
let asked = 0;

/** Takes every call and answers none. The client's address is read at its first use, which is below. */
beforeAll(async () => {
  frozen = createServer(() => {
    asked += 1;
  }).listen(0, "127.0.0.1");
  await once(frozen, "listening");
  vi.stubEnv("UPSTASH_REDIS_REST_URL", `http://127.0.0.1:${(frozen.address() as AddressInfo).port}`);
  await db().execute(sql`select 1`);
});

afterAll(() => {
  frozen.closeAllConnections();
  frozen.close();
});

const part = (value: string) => ({
  key: `test:${randomUUID()}`,
  ttlSeconds: 60,
  sql: sql`to_jsonb(${value}::text)`,
  schema: z.string(),
});

test("Redis that does not answer costs one short wait, then none, and never the answer", async () => {
  const cache = new ReadThrough();
  const startedAt = performance.now();
  expect(await cache.read({ wanted: part("first") })).toEqual({ wanted: "first" });
  expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
  expect(asked).toBe(1);
  for (const value of ["second", "third"]) expect(await cache.read({ wanted: part(value) })).toEqual({ wanted: value });
  expect(asked).toBe(1);
});

test("Redis that refuses is gone around", async () => {
  frozen.closeAllConnections();
  await new Promise((resolve) => frozen.close(resolve));
  expect(await new ReadThrough().read({ wanted: part("alone") })).toEqual({ wanted: "alone" });
});
