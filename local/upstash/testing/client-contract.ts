import { expect, it } from "vitest";
import type { Upstash } from "../start";
import { connect, post } from "./local-redis";

const SHEBANG_SCRIPT = "#!lua flags=allow-key-locking\nreturn {KEYS[1], ARGV[1], redis.call('INCR', KEYS[1])}";

/** What every store must do for `@upstash/redis`; `current` gives the running server. */
export function describeClient(current: () => Upstash): void {
  it("keeps JSON, numbers, unicode and every byte of Latin text", async () => {
    const redis = connect(current());
    const latin = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("");
    const values = {
      object: { a: [1, null, "x"] },
      number: 42,
      text: "Grüße, 世界 🎁",
      latin,
      ok: "OK",
      base64: "T0s=",
      empty: "",
    };
    for (const [key, value] of Object.entries(values)) await redis.set(key, value);
    for (const [key, value] of Object.entries(values)) expect(await redis.get(key)).toEqual(value);
    expect(await redis.mget(...Object.keys(values))).toEqual(Object.values(values));
  });

  it("answers plain text without the base64 header", async () => {
    await connect(current()).set("key", "é");
    const plain = await post(current(), "/", ["GET", "key"]);
    expect(await plain.json()).toEqual({ result: "é" });
    const encoded = await post(current(), "/", ["GET", "key"], { "upstash-encoding": "base64" });
    expect(await encoded.json()).toEqual({ result: Buffer.from("é").toString("base64") });
    expect(encoded.headers.get("upstash-sync-token")).toBeTruthy();
  });

  it("runs a pipeline in order and keeps its errors apart", async () => {
    const redis = connect(current());
    const pipeline = redis.pipeline().set("n", 1).incr("n").set("t", "text").incr("t").get("n");
    const results = await pipeline.exec({ keepErrors: true });
    expect(results.map(({ result }) => result)).toEqual(["OK", 2, "OK", undefined, 2]);
    expect(results[3]?.error).toBe("ERR value is not an integer or out of range");
    await expect(redis.pipeline().incr("t").exec()).rejects.toThrow("Command 1 [ incr ] failed: ERR value is not an integer");
  });

  it("runs a transaction, and discards one that cannot be queued", async () => {
    const redis = connect(current());
    expect(await redis.multi().set("a", 1).incrby("a", 4).get("a").exec()).toEqual(["OK", 5, 5]);
    const discarded = await post(current(), "/multi-exec", [
      ["SET", "a", "9"],
      ["NO-SUCH", "x"],
    ]);
    expect(discarded.status).toBe(400);
    expect(await discarded.json()).toEqual({ error: expect.stringContaining("EXECABORT Transaction discarded") });
    expect(await redis.get("a")).toBe(5);
  });

  it("joins the commands of one tick into a pipeline", async () => {
    const redis = connect(current());
    await Promise.all(Array.from({ length: 50 }, (_, index) => redis.set(`k${index}`, index)));
    const values = await Promise.all(Array.from({ length: 50 }, (_, index) => redis.get(`k${index}`)));
    expect(values).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it("loads scripts under the client's SHA-1 and recovers from NOSCRIPT", async () => {
    const redis = connect(current());
    const script = redis.createScript<[string, string, number]>(SHEBANG_SCRIPT);
    await expect(script.evalsha(["n"], ["x"])).rejects.toThrow("NOSCRIPT");
    expect(await script.exec(["n"], ["x"])).toEqual(["n", "x", 1]);
    expect(await script.evalsha(["n"], ["x"])).toEqual(["n", "x", 2]);
    expect(await redis.scriptLoad(SHEBANG_SCRIPT)).toBe(script.sha1);
    expect(await redis.scriptExists(script.sha1, "f".repeat(40))).toEqual([1, 0]);
    await redis.scriptFlush();
    await expect(script.evalsha(["n"], ["x"])).rejects.toThrow("NOSCRIPT");
  });

  it("lets a read-only script read but not write", async () => {
    const redis = connect(current());
    await redis.set("a", "here");
    const reader = redis.createScript<string, true>("return redis.call('GET', KEYS[1])", { readonly: true });
    expect(await reader.exec(["a"], [])).toBe("here");
    expect(await reader.exec(["a"], [])).toBe("here");
    const writer = redis.createScript<string, true>("return redis.call('SET', KEYS[1], 'gone')", { readonly: true });
    await expect(writer.exec(["a"], [])).rejects.toThrow("Write commands are not allowed from read-only scripts");
  });

  it("tells of wrong types, unknown commands and wrong numbers of arguments", async () => {
    const redis = connect(current());
    await redis.lpush("list", "x");
    await expect(redis.get("list")).rejects.toThrow("WRONGTYPE Operation against a key holding the wrong kind of value");
    const unknown = await post(current(), "/", ["NOPE", "a", "b"]);
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toEqual({
      error: expect.stringMatching(/^ERR unknown command 'NOPE', with args beginning with: 'a' 'b'/),
    });
    const short = await post(current(), "/", ["GET"]);
    expect(await short.json()).toEqual({ error: "ERR wrong number of arguments for 'get' command" });
  });
}
