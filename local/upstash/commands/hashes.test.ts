import { expect, it } from "vitest";
import { setUpLocalRedis } from "../testing/local-redis";

const local = setUpLocalRedis();

it("keeps fields", async () => {
  const { redis, send } = local();
  expect(await redis.hset("h", { a: 1, b: { c: 2 } })).toBe(2);
  expect(await redis.hset("h", { a: 5, d: "x" })).toBe(1);
  expect(await redis.hgetall("h")).toEqual({ a: 5, b: { c: 2 }, d: "x" });
  expect(await redis.hget("h", "a")).toBe(5);
  expect(await redis.hmget("h", "a", "nope")).toEqual({ a: 5, nope: null });
  expect(await redis.hsetnx("h", "a", 9)).toBe(0);
  expect(await redis.hsetnx("h", "e", 9)).toBe(1);
  expect(await redis.hkeys("h")).toEqual(["a", "b", "d", "e"]);
  expect(await redis.hvals("h")).toEqual([5, { c: 2 }, "x", 9]);
  expect(await redis.hlen("h")).toBe(4);
  expect(await redis.hexists("h", "a")).toBe(1);
  expect(await redis.hstrlen("h", "d")).toBe(1);
  expect(await redis.hdel("h", "a", "b", "zz")).toBe(2);
  expect(await redis.hrandfield("h")).toMatch(/^[de]$/);
  expect(await redis.hdel("h", "d", "e")).toBe(2);
  expect(await redis.exists("h")).toBe(0);
  expect(await redis.hgetall("h")).toBeNull();
  await expect(send("HSET", "h", "a")).rejects.toThrow("ERR wrong number of arguments for 'hset' command");
  await expect(send("HSET", "h", "a", "1", "b")).rejects.toThrow("ERR wrong number of arguments for 'hset' command");
});

it("counts in fields", async () => {
  const { redis, send } = local();
  expect(await redis.hincrby("h", "n", 5)).toBe(5);
  expect(await redis.hincrby("h", "n", -7)).toBe(-2);
  expect(await redis.hincrbyfloat("h", "f", 0.1)).toBe(0.1);
  expect(await redis.hincrbyfloat("h", "f", 0.2)).toBe(0.3);
  await redis.hset("h", { t: "text" });
  await expect(send("HINCRBY", "h", "t", "1")).rejects.toThrow("ERR hash value is not an integer");
  await expect(send("HINCRBYFLOAT", "h", "t", "1")).rejects.toThrow("ERR hash value is not a float");
  await expect(send("HINCRBY", "none", "n", "x")).rejects.toThrow("ERR value is not an integer or out of range");
  expect(await redis.exists("none")).toBe(0);
});

it("refuses other types", async () => {
  const { redis } = local();
  await redis.set("s", "x");
  await expect(redis.hget("s", "a")).rejects.toThrow("WRONGTYPE");
  await expect(redis.hset("s", { a: 1 })).rejects.toThrow("WRONGTYPE");
});
