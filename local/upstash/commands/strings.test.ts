import { expect, it } from "vitest";
import { setUpLocalRedis } from "../testing/local-redis";

const local = setUpLocalRedis();
const INTEGER = "ERR value is not an integer or out of range";

it("reads, writes and takes values", async () => {
  const { redis, send } = local();
  expect(await redis.getset("a", "1")).toBeNull();
  expect(await redis.getset("a", "2")).toBe(1);
  expect(await redis.append("a", "34")).toBe(3);
  expect(await redis.strlen("a")).toBe(3);
  expect(await redis.getdel("a")).toBe(234);
  expect(await redis.get("a")).toBeNull();
  expect(await redis.mset({ a: 1, b: "x" })).toBe("OK");
  expect(await redis.msetnx({ c: 1, a: 5 })).toBe(0);
  expect(await redis.mget("a", "b", "c")).toEqual([1, "x", null]);
  await expect(send("MSET", "a", "1", "b")).rejects.toThrow("ERR wrong number of arguments for 'mset' command");
});

it("cuts and patches by bytes", async () => {
  const { redis, send } = local();
  await redis.set("a", "Hello, World");
  expect(await redis.getrange("a", 0, 4)).toBe("Hello");
  expect(await redis.getrange("a", -5, -1)).toBe("World");
  expect(await redis.getrange("a", 5, 2)).toBe("");
  expect(await redis.setrange("a", 7, "Redis!")).toBe(13);
  expect(await redis.get("a")).toBe("Hello, Redis!");
  expect(await redis.setrange("gap", 2, "x")).toBe(3);
  expect(await send("GET", "gap")).toBe("\0\0x");
  await redis.set("wide", "é");
  expect(await redis.strlen("wide")).toBe(2);
  await expect(send("SETRANGE", "a", "-1", "x")).rejects.toThrow("ERR offset is out of range");
  await expect(send("SETRANGE", "a", "999999999", "x")).rejects.toThrow("ERR string exceeds maximum allowed size");
});

it("sets under conditions", async () => {
  const { redis, send } = local();
  expect(await redis.set("a", 1, { xx: true })).toBeNull();
  expect(await redis.set("a", 1, { nx: true })).toBe("OK");
  expect(await redis.set("a", 2, { nx: true })).toBeNull();
  expect(await redis.set("a", 2, { get: true })).toBe(1);
  expect(await redis.set("b", 2, { get: true, nx: true })).toBeNull();
  expect(await redis.set("b", 3, { get: true, nx: true })).toBe(2);
  expect(await redis.setnx("a", 9)).toBe(0);
  for (const words of [["NX", "XX"], ["EX", "1", "PX", "1"], ["EX"], ["KEEPTTL", "EX", "1"], ["NOPE"]]) {
    await expect(send("SET", "a", "1", ...words)).rejects.toThrow("ERR syntax error");
  }
  await expect(send("SET", "a", "1", "EX", "0")).rejects.toThrow("ERR invalid expire time in 'set' command");
  await expect(send("SET", "a", "1", "EX", "x")).rejects.toThrow(INTEGER);
});

it("counts in 64 bits", async () => {
  const { redis, send } = local();
  expect(await redis.incr("n")).toBe(1);
  expect(await redis.incrby("n", 41)).toBe(42);
  expect(await redis.decr("n")).toBe(41);
  expect(await redis.decrby("n", 50)).toBe(-9);
  await redis.set("big", "9223372036854775806");
  await send("INCR", "big");
  expect(await send("GET", "big")).toBe("9223372036854775807");
  await expect(send("INCR", "big")).rejects.toThrow("ERR increment or decrement would overflow");
  await expect(send("INCRBY", "n", "1.5")).rejects.toThrow(INTEGER);
  for (const text of ["x", "1.0", " 1", "+1", "01", "9223372036854775808"]) {
    await send("SET", "odd", text);
    await expect(send("INCR", "odd")).rejects.toThrow(INTEGER);
  }
});

it("adds decimals without the noise of doubles", async () => {
  const { send } = local();
  expect(await send("INCRBYFLOAT", "f", "0.1")).toBe("0.1");
  expect(await send("INCRBYFLOAT", "f", "0.2")).toBe("0.3");
  expect(await send("INCRBYFLOAT", "f", "-1.30")).toBe("-1");
  expect(await send("INCRBYFLOAT", "f", "5.0e3")).toBe("4999");
  await expect(send("INCRBYFLOAT", "f", "x")).rejects.toThrow("ERR value is not a valid float");
  await expect(send("INCRBYFLOAT", "f", "inf")).rejects.toThrow("ERR increment would produce NaN or Infinity");
});
