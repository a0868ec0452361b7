import { expect, it } from "vitest";
import { RedisError } from "../engine/reply";
import { parseReply } from "./parse-reply";
import { parseRedisUrl } from "./redis-url";

it("reads host, port, password and database", () => {
  expect(parseRedisUrl("redis://localhost")).toEqual({ host: "localhost", port: 6379, greeting: [] });
  expect(parseRedisUrl("redis://:p%40ss@10.0.0.1:7000/2")).toEqual({
    host: "10.0.0.1",
    port: 7000,
    greeting: [
      ["AUTH", "p@ss"],
      ["SELECT", "2"],
    ],
  });
  expect(parseRedisUrl("redis://user:pass@h").greeting).toEqual([["AUTH", "user", "pass"]]);
  expect(() => parseRedisUrl("rediss://h")).toThrow("REDIS_URL must look like");
  expect(() => parseRedisUrl("nonsense")).toThrow("REDIS_URL must look like");
});

it("waits for the rest of a reply, wherever it is cut", () => {
  const whole = Buffer.from("*5\r\n$5\r\na\r\nbc\r\n:-7\r\n$-1\r\n*1\r\n+OK\r\n-ERR no\r\n", "latin1");
  for (let length = 0; length < whole.length; length += 1) expect(parseReply(whole.subarray(0, length), 0)).toBeUndefined();
  const parsed = parseReply(whole, 0);
  expect(parsed?.next).toBe(whole.length);
  expect(parsed?.reply).toEqual(["a\r\nbc", -7, null, [{ text: "OK" }], new RedisError("ERR no")]);
  expect(() => parseReply(Buffer.from("HTTP/1.1 400\r\n"), 0)).toThrow("is REDIS_URL a Redis address?");
});
