import { expect, it } from "vitest";
import { START_MS, setUpLocalRedis } from "../testing/local-redis";

const local = setUpLocalRedis();

it("lets keys go at their time, by every way to set it", async () => {
  const { redis, send, clock } = local();
  const seconds = Math.ceil(START_MS / 1000) + 9;
  await redis.set("ex", 1, { ex: 10 });
  await redis.set("px", 1, { px: 10_000 });
  await redis.set("exat", 1, { exat: seconds });
  await redis.set("pxat", 1, { pxat: START_MS + 10_000 });
  await redis.setex("setex", 10, 1);
  await redis.psetex("psetex", 10_000, 1);
  await redis.mset({ expire: 1, pexpire: 1, expireat: 1, pexpireat: 1 });
  await redis.expire("expire", 10);
  await redis.pexpire("pexpire", 10_000);
  await redis.expireat("expireat", seconds);
  await redis.pexpireat("pexpireat", START_MS + 10_000);
  expect(await redis.dbsize()).toBe(10);
  clock.nowMs += 9877;
  expect((await redis.keys("*")).sort()).toEqual(["ex", "expire", "pexpire", "pexpireat", "psetex", "px", "pxat", "setex"]);
  clock.nowMs += 123;
  expect(await redis.dbsize()).toBe(0);
  expect(await send("TTL", "ex")).toBe(-2);
});

it("tells the time left and the time of expiry", async () => {
  const { redis, send, clock } = local();
  await redis.set("a", 1, { px: 10_400 });
  expect(await redis.ttl("a")).toBe(10);
  expect(await redis.pttl("a")).toBe(10_400);
  expect(await send("PEXPIRETIME", "a")).toBe(START_MS + 10_400);
  expect(await send("EXPIRETIME", "a")).toBe(Math.round((START_MS + 10_400) / 1000));
  clock.nowMs += 400;
  expect(await redis.pttl("a")).toBe(10_000);
  expect(await redis.persist("a")).toBe(1);
  expect(await redis.persist("a")).toBe(0);
  expect(await redis.ttl("a")).toBe(-1);
});

it("keeps an expiry through changes in place, and drops it with a new value", async () => {
  const { redis } = local();
  await redis.set("a", 1, { ex: 10 });
  await redis.incr("a");
  await redis.append("a", "0");
  expect(await redis.ttl("a")).toBe(10);
  await redis.set("a", 5, { keepTtl: true });
  expect(await redis.ttl("a")).toBe(10);
  expect(await redis.getex("a", { ex: 50 })).toBe(5);
  expect(await redis.ttl("a")).toBe(50);
  await redis.getex("a", { persist: true });
  expect(await redis.ttl("a")).toBe(-1);
  await redis.expire("a", 10);
  await redis.rename("a", "b");
  expect(await redis.ttl("b")).toBe(10);
  await redis.set("b", 1);
  expect(await redis.ttl("b")).toBe(-1);
});

it("minds NX, XX, GT and LT", async () => {
  const { redis, send } = local();
  await redis.set("a", 1);
  expect(await redis.expire("a", 10, "XX")).toBe(0);
  expect(await redis.expire("a", 10, "GT")).toBe(0);
  expect(await redis.expire("a", 10, "LT")).toBe(1);
  expect(await redis.expire("a", 20, "NX")).toBe(0);
  expect(await redis.expire("a", 20, "GT")).toBe(1);
  expect(await redis.expire("a", 30, "LT")).toBe(0);
  expect(await redis.expire("missing", 30)).toBe(0);
  await expect(send("EXPIRE", "a", "1", "NX", "XX")).rejects.toThrow("options at the same time are not compatible");
  await expect(send("EXPIRE", "a", "1", "NOPE")).rejects.toThrow("ERR Unsupported option NOPE");
  expect(await redis.expire("a", -1)).toBe(1);
  expect(await redis.exists("a")).toBe(0);
});

it("stands still during a script and a transaction", async () => {
  const { redis, clock } = local();
  const [seconds, micros] = await redis.time();
  expect([seconds, micros]).toEqual([Math.floor(START_MS / 1000), (START_MS % 1000) * 1000]);
  const script = "local a = redis.call('TIME') return {a[1] * 1000 + a[2] / 1000, a[1]}";
  expect(await redis.eval(script, [], [])).toEqual([START_MS, Math.floor(START_MS / 1000)]);
  clock.nowMs += 1;
  expect(await redis.eval(script, [], [])).toEqual([START_MS + 1, Math.floor(START_MS / 1000)]);
});
