import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { redis } from "@/lib/redis";
import type { Part } from "./part";
import { ReadThrough } from "./read-through";

/** Another value each time that the database is asked. */
const dice: SQL = sql`to_jsonb(gen_random_uuid())`;
const part = (over: Partial<Part<string>> = {}): Part<string> => ({
  key: `test:${randomUUID()}`,
  ttlSeconds: 60,
  sql: dice,
  schema: z.string(),
  ...over,
});
/** What is written back is not waited for. */
const inRedis = (key: string) =>
  vi.waitFor(async () => {
    const text = await redis().get<string>(`cache:1:${key}`);
    expect(text).toEqual(expect.any(String));
    return text;
  });

test("callers at the same time share one flight, and what it brought is kept", async () => {
  const cache = new ReadThrough();
  const wanted = part();
  const values = await Promise.all(Array.from({ length: 20 }, async () => (await cache.read({ wanted })).wanted));
  expect(new Set(values).size).toBe(1);
  expect((await cache.read({ wanted })).wanted).toBe(values[0]);
});

test("a caller who wants more than is on its way asks for the rest alone", async () => {
  const cache = new ReadThrough();
  const [first, second] = [part(), part()];
  const [alone, both] = await Promise.all([cache.read({ first }), cache.read({ first, second })]);
  expect(both.first).toBe(alone.first);
  expect(both.second).not.toBe(both.first);
});

test("all that is missing is read in one statement", async () => {
  const now = sql`to_jsonb(statement_timestamp()::text)`;
  const { one, other } = await new ReadThrough().read({ one: part({ sql: now }), other: part({ sql: now }) });
  expect(one).toBe(other);
});

test("another process finds it in Redis, and a value that is there is not read again beside one that is not", async () => {
  const shared = part();
  const { shared: value } = await new ReadThrough().read({ shared });
  await inRedis(shared.key);
  expect(await new ReadThrough().read({ own: part(), shared })).toMatchObject({ shared: value });
  expect(await redis().ttl(`cache:1:${shared.key}`)).toBeGreaterThan(50);
});

test.each(['text:{"not":"a string"}', "text:{", "no text of ours"])(
  "a value that does not fit is dropped and read anew: %s",
  async (kept) => {
    const wanted = part();
    await redis().set(`cache:1:${wanted.key}`, kept);
    const { wanted: value } = await new ReadThrough().read({ wanted });
    expect(z.uuid().safeParse(value).success).toBe(true);
    await vi.waitFor(async () => expect(await inRedis(wanted.key)).toBe(`text:${JSON.stringify(value)}`));
  },
);

test("a process holds no more than its bound, and a value beyond it is right all the same", async () => {
  const cache = new ReadThrough(10_000);
  const long = (letters: number) => part({ sql: sql`to_jsonb(repeat('a', ${letters}::integer))` });
  for (let round = 0; round < 10; round++) await cache.read({ wanted: long(2_000) });
  expect(cache.localBytes).toBeGreaterThan(5_000);
  expect(cache.localBytes).toBeLessThanOrEqual(10_000);
  expect((await cache.read({ wanted: long(50_000) })).wanted).toHaveLength(50_000);
  expect(cache.localBytes).toBeLessThanOrEqual(10_000);
});

test("what the database gives in another form is an error, for everyone who waits, and the next one asks anew", async () => {
  const cache = new ReadThrough();
  const { key } = part();
  const wrong = part({ key, sql: sql`to_jsonb(1)` });
  const answers = await Promise.allSettled([cache.read({ wrong }), cache.read({ wrong })]);
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect((await cache.read({ wanted: part({ key }) })).wanted).toHaveLength(36);
});

test("a part that fails takes nobody down who waits for another part of the same flight", async () => {
  const cache = new ReadThrough();
  const [good, bad] = [part(), part({ sql: sql`to_jsonb(1 / (random() * 0)::integer)` })];
  const [starter, waiter, unlucky] = await Promise.allSettled([
    cache.read({ good, bad }),
    cache.read({ good, own: part() }),
    cache.read({ bad }),
  ]);
  expect([starter.status, waiter.status, unlucky.status]).toEqual(["rejected", "fulfilled", "rejected"]);
});
