import { describe, expect, it } from "vitest";
import { post, setUpLocalRedis, TOKEN } from "../testing/local-redis";
import { MAX_BODY_BYTES } from "./read-request";

const local = setUpLocalRedis();

describe("the bearer token", () => {
  const refused = { error: "WRONGPASS invalid or missing auth token" };

  it.each<Record<string, string>>([
    {},
    { authorization: "Bearer wrong" },
    { authorization: "Bearer " },
    { authorization: `Basic ${TOKEN}` },
  ])("refuses %j", async (headers) => {
    const response = await fetch(local().upstash.url, { method: "POST", headers, body: '["PING"]' });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(refused);
  });

  it("may come as a query parameter, and is no argument then", async () => {
    const response = await fetch(`${local().upstash.url}/echo/hello?_token=${TOKEN}`);
    expect(await response.json()).toEqual({ result: "hello" });
  });
});

describe("a request", () => {
  it.each([
    ["/", "{not json", "expected valid JSON"],
    ["/", '"GET"', "expected a JSON array"],
    ["/", "[]", "ERR empty command"],
    ["/", '["SET","a",{"b":1}]', "strings, numbers and booleans"],
    ["/", '["SET","a",null]', "strings, numbers and booleans"],
    ["/pipeline", '["GET","a"]', "an array of arrays"],
    ["/pipeline", "[]", "ERR empty pipeline request"],
    ["/multi-exec", "{}", "an array of arrays"],
    ["/get/%ff", "", "percent-encoding"],
  ])("to %s with %s is refused with its reason", async (path, body, reason) => {
    const response = await post(local().upstash, path, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringContaining(reason) });
  });

  it("may be as long as the limit and no longer", async () => {
    const frame = JSON.stringify(["SET", "big", ""]).length;
    const fits = await post(local().upstash, "/", ["SET", "big", "x".repeat(MAX_BODY_BYTES - frame)]);
    expect(await fits.json()).toEqual({ result: "OK" });
    const tooLong = await post(local().upstash, "/", ["SET", "big", "x".repeat(MAX_BODY_BYTES)]);
    expect(tooLong.status).toBe(400);
    expect(await tooLong.json()).toEqual({
      error: `ERR max request size exceeded. Limit: ${MAX_BODY_BYTES} bytes, Actual: ${MAX_BODY_BYTES + frame} bytes`,
    });
    expect(await local().send("STRLEN", "big")).toBe(MAX_BODY_BYTES - frame);
  });

  it("may carry its command in the path, its value in the body and options in the query", async () => {
    const set = await post(local().upstash, "/set/a%20key?EX=100", "the value");
    expect(await set.json()).toEqual({ result: "OK" });
    expect(await local().send("GET", "a key")).toBe("the value");
    expect(await local().send("TTL", "a key")).toBe(100);
  });

  it("with another method is refused", async () => {
    const response = await fetch(local().upstash.url, { method: "DELETE", headers: { authorization: `Bearer ${TOKEN}` } });
    expect(response.status).toBe(405);
    expect(await response.json()).toEqual({ error: expect.stringContaining("method not allowed") });
  });

  it("for what is not served is refused by name", async () => {
    await expect(local().send("XADD", "stream", "*", "a", "1")).rejects.toThrow("'XADD' is not served by the local Upstash");
    await expect(local().send("JSON.GET", "a")).rejects.toThrow("'JSON.GET' is not served");
    await expect(local().redis.publish("channel", "x")).rejects.toThrow("'PUBLISH' is not served");
  });
});

it("encodes lists, integers, nil and statuses as Upstash does", async () => {
  const body = [
    ["SET", "a", "OK"],
    ["GET", "a"],
    ["MGET", "a", "b"],
    ["DBSIZE"],
    ["PING"],
    ["EVAL", "return {'x', {'y', 1}}", 0],
  ];
  const response = await post(local().upstash, "/pipeline", body, { "upstash-encoding": "base64" });
  const b64 = (text: string) => Buffer.from(text).toString("base64");
  expect(await response.json()).toEqual(
    ["OK", b64("OK"), [b64("OK"), null], 1, b64("PONG"), [b64("x"), [b64("y"), 1]]].map((result) => ({ result })),
  );
});
