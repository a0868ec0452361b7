import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Redis } from "@upstash/redis";
import { afterEach, beforeEach, expect, test } from "vitest";
import { redisRequester } from "./redis-requester";

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let handle: Handler;
let ports: (number | undefined)[];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  ports.push(request.socket.remotePort);
  handle(request, response, Buffer.concat(chunks).toString());
});

beforeEach(async () => {
  ports = [];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const client = (timeoutMs = 2_000) => new Redis(redisRequester({ url: address(), token: "secret", timeoutMs }));
const answer = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

test("commands and pipelines go where Upstash takes them, with the token, over one connection that stays", async () => {
  const seen: unknown[] = [];
  handle = (request, response, body) => {
    seen.push([request.method, request.url, request.headers.authorization, JSON.parse(body)]);
    answer(response, 200, request.url === "/pipeline" ? [{ result: "OK" }, { result: 2 }] : { result: "7" });
  };
  const redis = client();
  expect(await redis.get("a")).toBe(7);
  expect(await redis.pipeline().set("a", "ü").incr("b").exec()).toEqual(["OK", 2]);
  expect(seen).toEqual([
    ["POST", "/", "Bearer secret", ["get", "a"]],
    [
      "POST",
      "/pipeline",
      "Bearer secret",
      [
        ["set", "a", "ü"],
        ["incr", "b"],
      ],
    ],
  ]);
  expect(new Set(ports).size).toBe(1);
});

test("what Redis refuses is thrown in its own words, so that a script is loaded when it is not known", async () => {
  handle = (_, response, body) => {
    const [command] = JSON.parse(body);
    if (command === "evalsha") answer(response, 400, { error: "NOSCRIPT No matching script." });
    else answer(response, 200, { result: command });
  };
  await expect(client().evalsha("0".repeat(40), [], [])).rejects.toThrow("NOSCRIPT");
  expect(await client().createScript("return 1").exec([], [])).toBe("eval");
});

test("a connection that breaks is tried once more, and not for ever", async () => {
  let calls = 0;
  handle = (request, response) => {
    calls += 1;
    if (calls === 1) request.socket.destroy();
    else answer(response, 200, { result: "PONG" });
  };
  expect(await client().ping()).toBe("PONG");
  expect(calls).toBe(2);
  handle = (request) => request.socket.destroy();
  await expect(client().ping()).rejects.toThrow();
});

test("silence ends, and is not asked twice", async () => {
  handle = () => undefined;
  await expect(client(100).ping()).rejects.toThrow(/abort/i);
  expect(ports).toHaveLength(1);
});

test("an answer that is no JSON is an error", async () => {
  handle = (_, response) => response.end("<html>");
  await expect(client().ping()).rejects.toThrow(SyntaxError);
});
