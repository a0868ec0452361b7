import { expect, it } from "vitest";
import { setUpLocalRedis } from "../testing/local-redis";

const local = setUpLocalRedis();

it("keeps members once", async () => {
  const { redis } = local();
  expect(await redis.sadd("s", "a", "b", "a")).toBe(2);
  expect(await redis.sadd("s", "b", "c")).toBe(1);
  expect((await redis.smembers("s")).sort()).toEqual(["a", "b", "c"]);
  expect(await redis.scard("s")).toBe(3);
  expect(await redis.sismember("s", "a")).toBe(1);
  expect(await redis.smismember("s", ["a", "z"])).toEqual([1, 0]);
  expect(await redis.smove("s", "other", "a")).toBe(1);
  expect(await redis.smove("s", "other", "a")).toBe(0);
  expect(await redis.srem("s", "b", "zz")).toBe(1);
  expect(await redis.srandmember("s")).toBe("c");
  expect(await redis.spop("s")).toBe("c");
  expect(await redis.exists("s")).toBe(0);
  expect(await redis.spop("s")).toBeNull();
});

it("combines sets", async () => {
  const { redis, send } = local();
  await redis.sadd("one", "a", "b", "c");
  await redis.sadd("two", "b", "c", "d");
  expect((await redis.sunion("one", "two")).sort()).toEqual(["a", "b", "c", "d"]);
  expect(await redis.sinter("one", "two")).toEqual(["b", "c"]);
  expect(await redis.sdiff("one", "two", "none")).toEqual(["a"]);
  expect(await redis.sinterstore("both", "one", "two")).toBe(2);
  expect(await redis.sunionstore("one", "one", "two")).toBe(4);
  expect(await redis.sdiffstore("both", "both", "two")).toBe(0);
  expect(await redis.exists("both")).toBe(0);
  expect(await send("SINTERCARD", "2", "one", "two", "LIMIT", "2")).toBe(2);
  await redis.set("text", "x");
  await expect(redis.sunion("one", "text")).rejects.toThrow("WRONGTYPE");
});

it("picks at random, with and without repeats", async () => {
  const { redis } = local();
  await redis.sadd("s", "a", "b", "c");
  expect((await redis.srandmember<string[]>("s", 10))?.sort()).toEqual(["a", "b", "c"]);
  expect(await redis.srandmember("s", -10)).toHaveLength(10);
  expect(await redis.spop("s", 2)).toHaveLength(2);
  expect(await redis.scard("s")).toBe(1);
});
