import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startUpstash, type Upstash } from "./start";
import { describeClient } from "./testing/client-contract";
import { describeLimiters } from "./testing/limiter-contract";
import { connect, post, TOKEN } from "./testing/local-redis";
import { hasRedisServer, startRedisServer } from "./testing/redis-server";
import { type RespPeer, startRespPeer } from "./testing/resp-peer";

const redisServerIsHere = hasRedisServer();

interface Running {
  upstash: Upstash;
  stop(): Promise<void>;
}

describe("keys in memory", () => {
  describeStore(async () => {
    const upstash = await startUpstash({ token: TOKEN });
    return { upstash, stop: () => upstash.stop() };
  });
});

describe("keys behind the RESP client", () => {
  let peer: RespPeer | undefined;
  const current = describeStore(async () => {
    const started = await startRespPeer();
    peer = started;
    return behind(started);
  });

  it("connects again after the connection broke", async () => {
    const redis = connect(current());
    await redis.set("a", 1);
    peer?.cut();
    await redis.get("a").catch((error: Error) => expect(error.message).toContain("did not answer"));
    expect(await redis.get("a")).toBe(1);
  });

  it.each([["BLPOP", "list", 0], ["SELECT", 1], ["MULTI"], ["xread", "block", 0, "STREAMS", "s", "$"]])(
    "refuses %s, which would change or block the shared connection",
    async (...command) => {
      const single = await post(current(), "/", command);
      expect(await single.json()).toEqual({ error: expect.stringContaining("cannot be sent over REST") });
      const transaction = await post(current(), "/multi-exec", [["PING"], command]);
      expect(transaction.status).toBe(400);
      expect(await connect(current()).ping()).toBe("PONG");
    },
  );

  it("says what to look at when nothing answers", async () => {
    const upstash = await startUpstash({ token: TOKEN, redisUrl: "redis://127.0.0.1:1" });
    await expect(connect(upstash).get("a")).rejects.toThrow("ERR the redis-server of REDIS_URL did not answer");
    await upstash.stop();
  });
});

const note = redisServerIsHere ? "" : " (not run: no redis-server on PATH)";
describe.runIf(redisServerIsHere)(`keys in a real redis-server${note}`, () => {
  describeStore(async () => behind(await startRedisServer()));
});

async function behind(server: { url: string; stop(): Promise<void> }): Promise<Running> {
  const upstash = await startUpstash({ token: TOKEN, redisUrl: server.url });
  return {
    upstash,
    stop: async () => {
      await upstash.stop();
      await server.stop();
    },
  };
}

/** The same contract for any store, each test on an empty one. */
function describeStore(start: () => Promise<Running>): () => Upstash {
  let running: Running | undefined;
  const current = () => {
    if (!running) throw new Error("The store is not running yet");
    return running.upstash;
  };
  beforeAll(async () => {
    running = await start();
  });
  beforeEach(() => current().flush());
  afterAll(() => running?.stop());
  describeClient(current);
  describeLimiters(current);
  return current;
}
