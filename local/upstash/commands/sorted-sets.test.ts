import { expect, it } from "vitest";
import { setUpLocalRedis } from "../testing/local-redis";

const local = setUpLocalRedis();

it("adds with every flag", async () => {
  const { redis, send } = local();
  expect(await redis.zadd("z", { score: 1, member: "a" }, { score: 2, member: "b" })).toBe(2);
  expect(await redis.zadd("z", { nx: true }, { score: 9, member: "a" })).toBe(0);
  expect(await redis.zadd("z", { xx: true }, { score: 9, member: "new" })).toBe(0);
  expect(await redis.zadd("z", { xx: true, ch: true }, { score: 3, member: "a" })).toBe(1);
  expect(await redis.zadd("z", { gt: true, ch: true }, { score: 1, member: "a" })).toBe(0);
  expect(await redis.zadd("z", { lt: true, ch: true }, { score: 1, member: "a" })).toBe(1);
  expect(await redis.zadd("z", { incr: true }, { score: 1.5, member: "a" })).toBe(2.5);
  expect(await send("ZADD", "z", "NX", "INCR", "1", "a")).toBeNull();
  expect(await redis.zincrby("z", 1, "b")).toBe(3);
  expect(await redis.zscore("z", "b")).toBe(3);
  expect(await redis.zmscore("z", ["a", "zz"])).toEqual([2.5, null]);
  await expect(send("ZADD", "z", "NX", "XX", "1", "a")).rejects.toThrow("ERR XX and NX options at the same time");
  await expect(send("ZADD", "z", "NX", "GT", "1", "a")).rejects.toThrow("ERR GT, LT, and/or NX options");
  await expect(send("ZADD", "z", "INCR", "1", "a", "2", "b")).rejects.toThrow("ERR INCR option supports a single");
  await expect(send("ZADD", "z", "x", "a")).rejects.toThrow("ERR value is not a valid float");
  await expect(send("ZADD", "z", "1", "a", "2")).rejects.toThrow("ERR syntax error");
  await send("ZADD", "z", "inf", "a");
  await expect(send("ZINCRBY", "z", "-inf", "a")).rejects.toThrow("ERR resulting score is not a number (NaN)");
  expect(await send("ZADD", "none", "XX", "1", "a")).toBe(0);
  expect(await redis.exists("none")).toBe(0);
});

it("ranges by rank, score and name", async () => {
  const { redis, send } = local();
  await send("ZADD", "z", "1", "a", "2", "b", "2", "c", "3", "d");
  expect(await redis.zrange("z", 0, -1)).toEqual(["a", "b", "c", "d"]);
  expect(await redis.zrange("z", 0, 1, { rev: true, withScores: true })).toEqual(["d", 3, "c", 2]);
  expect(await redis.zrange("z", "(1", 2, { byScore: true })).toEqual(["b", "c"]);
  expect(await redis.zrange("z", "+inf", "-inf", { byScore: true, rev: true, offset: 1, count: 2 })).toEqual(["c", "b"]);
  expect(await redis.zrange("z", "[b", "+", { byLex: true, offset: 1, count: -1 })).toEqual(["c", "d"]);
  expect(await send("ZRANGEBYSCORE", "z", "-inf", "(3", "WITHSCORES", "LIMIT", "0", "2")).toEqual(["a", "1", "b", "2"]);
  expect(await send("ZREVRANGEBYSCORE", "z", "3", "2")).toEqual(["d", "c", "b"]);
  expect(await send("ZREVRANGE", "z", "0", "0")).toEqual(["d"]);
  expect(await send("ZRANGEBYLEX", "z", "-", "(b")).toEqual(["a"]);
  expect(await send("ZRANGESTORE", "copy", "z", "0", "1")).toBe(2);
  expect(await redis.zcount("z", 2, 3)).toBe(3);
  expect(await redis.zlexcount("z", "-", "+")).toBe(4);
  await expect(send("ZRANGEBYSCORE", "z", "x", "1")).rejects.toThrow("ERR min or max is not a float");
  await expect(send("ZRANGEBYLEX", "z", "a", "b")).rejects.toThrow("ERR min or max not valid string range item");
  await expect(send("ZRANGE", "z", "0", "1", "LIMIT", "0", "1")).rejects.toThrow("LIMIT is only supported");
});

it("ranks, pops and removes", async () => {
  const { redis, send } = local();
  await send("ZADD", "z", "1", "a", "2", "b", "3", "c", "4", "d", "5", "e", "6", "f");
  expect(await redis.zrank("z", "b")).toBe(1);
  expect(await redis.zrevrank("z", "b")).toBe(4);
  expect(await send("ZRANK", "z", "b", "WITHSCORE")).toEqual([1, "2"]);
  expect(await redis.zrank("z", "zz")).toBeNull();
  expect(await redis.zpopmin("z")).toEqual(["a", 1]);
  expect(await redis.zpopmax("z", 2)).toEqual(["f", 6, "e", 5]);
  expect(await redis.zremrangebyrank("z", 0, 0)).toBe(1);
  expect(await redis.zremrangebyscore("z", "(3", "+inf")).toBe(1);
  expect(await redis.zremrangebylex("z", "[a", "[c")).toBe(1);
  expect(await redis.exists("z")).toBe(0);
});

it("combines with weights and aggregates", async () => {
  const { redis, send } = local();
  await send("ZADD", "one", "1", "a", "2", "b");
  await send("ZADD", "two", "10", "b", "20", "c");
  await redis.sadd("plain", "a");
  expect(await send("ZUNION", "3", "one", "two", "plain", "WITHSCORES")).toEqual(["a", "2", "b", "12", "c", "20"]);
  expect(await redis.zunionstore("sum", 2, ["one", "two"], { weights: [2, 1], aggregate: "max" })).toBe(3);
  expect(await redis.zrange("sum", 0, -1, { withScores: true })).toEqual(["a", 2, "b", 10, "c", 20]);
  expect(await redis.zinterstore("both", 2, ["one", "two"], { aggregate: "min" })).toBe(1);
  expect(await redis.zscore("both", "b")).toBe(2);
  expect(await send("ZDIFF", "2", "one", "two")).toEqual(["a"]);
  expect(await redis.zdiffstore("rest", 2, "one", "two")).toBe(1);
});
