import { expect, it } from "vitest";
import { setUpLocalRedis } from "../testing/local-redis";

const local = setUpLocalRedis();

it("pushes and pops at both ends", async () => {
  const { redis } = local();
  expect(await redis.rpush("l", "b", "c")).toBe(2);
  expect(await redis.lpush("l", "a", "z")).toBe(4);
  expect(await redis.lrange("l", 0, -1)).toEqual(["z", "a", "b", "c"]);
  expect(await redis.lpop("l")).toBe("z");
  expect(await redis.rpop("l", 2)).toEqual(["c", "b"]);
  expect(await redis.llen("l")).toBe(1);
  expect(await redis.lpop("l", 5)).toEqual(["a"]);
  expect(await redis.exists("l")).toBe(0);
  expect(await redis.lpop("l")).toBeNull();
  expect(await redis.lpushx("l", "a")).toBe(0);
});

it("finds, changes and cuts", async () => {
  const { redis, send } = local();
  await redis.rpush("l", "a", "b", "c", "b", "a", "b");
  expect(await redis.lindex("l", -1)).toBe("b");
  expect(await redis.lindex("l", 9)).toBeNull();
  expect(await redis.lpos("l", "b")).toBe(1);
  expect(await redis.lpos("l", "b", { rank: -1 })).toBe(5);
  expect(await redis.lpos("l", "b", { count: 0 })).toEqual([1, 3, 5]);
  expect(await redis.lpos("l", "b", { rank: 2, count: 1 })).toEqual([3]);
  expect(await redis.lpos("l", "b", { maxLen: 1 })).toBeNull();
  expect(await redis.lset("l", 0, "A")).toBe("OK");
  expect(await redis.linsert("l", "after", "c", "d")).toBe(7);
  expect(await redis.lrem("l", -2, "b")).toBe(2);
  expect(await redis.lrange("l", 0, -1)).toEqual(["A", "b", "c", "d", "a"]);
  expect(await redis.ltrim("l", 1, -2)).toBe("OK");
  expect(await redis.lrange("l", -100, 100)).toEqual(["b", "c", "d"]);
  await expect(send("LSET", "l", "9", "x")).rejects.toThrow("ERR index out of range");
  await expect(send("LSET", "none", "0", "x")).rejects.toThrow("ERR no such key");
  expect(await redis.ltrim("l", 5, 9)).toBe("OK");
  expect(await redis.exists("l")).toBe(0);
});

it("moves between lists and onto itself", async () => {
  const { redis } = local();
  await redis.rpush("from", 1, 2, 3);
  expect(await redis.lmove("from", "to", "right", "left")).toBe(3);
  expect(await redis.lmove("from", "to", "left", "right")).toBe(1);
  expect(await redis.lrange("to", 0, -1)).toEqual([3, 1]);
  expect(await redis.lmove("to", "to", "left", "right")).toBe(3);
  expect(await redis.lrange("to", 0, -1)).toEqual([1, 3]);
  expect(await redis.lmove("none", "to", "left", "right")).toBeNull();
  expect(await redis.lmpop(2, ["none", "to"], "LEFT", 2)).toEqual(["to", [1, 3]]);
});
