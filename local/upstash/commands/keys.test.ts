import { expect, it } from "vitest";
import { setUpLocalRedis } from "../testing/local-redis";

const local = setUpLocalRedis();
const KEYS = 2500;

it("names, moves, copies and removes keys", async () => {
  const { redis, send } = local();
  await redis.set("s", 1);
  await redis.rpush("l", 1);
  await redis.zadd("z", { score: 1, member: "a" });
  expect(await Promise.all(["s", "l", "z", "none"].map((key) => redis.type(key)))).toEqual(["string", "list", "zset", "none"]);
  expect(await redis.exists("s", "l", "s", "none")).toBe(3);
  expect(await redis.rename("s", "t")).toBe("OK");
  expect(await redis.renamenx("t", "l")).toBe(0);
  await expect(send("RENAME", "none", "x")).rejects.toThrow("ERR no such key");
  expect(await redis.copy("z", "copy")).toBe("COPIED");
  await redis.zrem("z", "a");
  expect(await redis.zcard("copy")).toBe(1);
  expect(await redis.touch("t", "none")).toBe(1);
  expect(["t", "l", "copy"]).toContain(await redis.randomkey());
  expect(await redis.del("t", "none")).toBe(1);
  expect(await redis.unlink("l")).toBe(1);
  expect(await redis.dbsize()).toBe(1);
  expect(await redis.flushdb()).toBe("OK");
  expect(await redis.flushall()).toBe("OK");
  expect(await redis.dbsize()).toBe(0);
});

it("scans every key once although others come and go", async () => {
  const { redis, send } = local();
  const wanted = Array.from({ length: KEYS }, (_, index) => `keep:${index}`);
  await redis.mset(Object.fromEntries(wanted.map((key) => [key, 1])));
  const seen: string[] = [];
  let cursor = "0";
  let pages = 0;
  do {
    const [next, keys] = await redis.scan(cursor, { match: "keep:*", count: 200 });
    seen.push(...keys);
    cursor = next;
    pages += 1;
    await redis.set(`new:${pages}`, 1);
    await redis.del(`new:${pages - 1}`);
  } while (cursor !== "0");
  expect(seen.sort()).toEqual(wanted.sort());
  expect(pages).toBeGreaterThan(5);
  await redis.sadd("a:set", 1);
  expect(await redis.scan(0, { type: "set", count: 10_000 })).toEqual(["0", ["a:set"]]);
  await expect(send("SCAN", "x")).rejects.toThrow("ERR invalid cursor");
  await expect(send("SCAN", "0", "COUNT", "0")).rejects.toThrow("ERR syntax error");
});

it("scans the members of small and of large collections", async () => {
  const { redis } = local();
  await redis.hset("h", { a: 1, b: 2, other: 3 });
  expect(await redis.hscan("h", 0, { match: "[ab]" })).toEqual(["0", ["a", 1, "b", 2]]);
  await redis.zadd("z", { score: 1.5, member: "a" });
  expect(await redis.zscan("z", 0)).toEqual(["0", ["a", 1.5]]);
  const [first = "", ...rest] = Array.from({ length: KEYS }, (_, index) => `m${index}`);
  await redis.sadd("s", first, ...rest);
  const seen = new Set<string | number>();
  let cursor: string | number = 0;
  do {
    const [next, members]: [string, (string | number)[]] = await redis.sscan("s", cursor, { count: 500 });
    for (const member of members) seen.add(member);
    cursor = next;
  } while (cursor !== "0");
  expect(seen.size).toBe(KEYS);
});

it("matches patterns as Redis does", async () => {
  const { redis } = local();
  await redis.mset({ hello: 1, hallo: 1, hxllo: 1, heello: 1, "h*llo": 1, "a:b:c": 1 });
  const found = async (pattern: string) => (await redis.keys(pattern)).sort();
  expect(await found("h?llo")).toEqual(["h*llo", "hallo", "hello", "hxllo"]);
  expect(await found("h[ae]llo")).toEqual(["hallo", "hello"]);
  expect(await found("h[^e]llo")).toEqual(["h*llo", "hallo", "hxllo"]);
  expect(await found("h[a-f]llo")).toEqual(["hallo", "hello"]);
  expect(await found("h\\*llo")).toEqual(["h*llo"]);
  expect(await found("*:*:c")).toEqual(["a:b:c"]);
  expect(await found("**l*o")).toEqual(["h*llo", "hallo", "heello", "hello", "hxllo"]);
});

it("does not list what expired, and answers PING and ECHO", async () => {
  const { redis, send, clock } = local();
  await redis.set("gone", 1, { px: 5 });
  await redis.set("stays", 1);
  clock.nowMs += 5;
  expect(await send("KEYS", "*")).toEqual(["stays"]);
  expect(await redis.echo("hi")).toBe("hi");
  expect(await redis.ping()).toBe("PONG");
});
