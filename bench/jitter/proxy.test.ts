import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type JitterProxy, startJitterProxy } from "./proxy";

const JITTER_MS = 60;
/** A timer may be early by less than a millisecond, as the other clock sees it. */
const TIMER_SLACK_MS = 1;

let service: Server;
let proxy: JitterProxy;
let client: Socket;
let draws: number[];

/** Answers each line with the same line, and tells when it had come. */
beforeEach(async () => {
  draws = [];
  service = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (piece) => {
      if (piece.toString().endsWith("\n")) socket.write(`${performance.now()}\n`);
    });
  }).listen(0, "127.0.0.1");
  await once(service, "listening");
  const targetPort = (service.address() as AddressInfo).port;
  proxy = await startJitterProxy({ targetPort, jitterMs: JITTER_MS, random: () => draws.shift() ?? 0 });
  client = connect({ port: proxy.port, host: "127.0.0.1", noDelay: true });
});

afterEach(async () => {
  client.destroy();
  await proxy.close();
  await new Promise((resolve) => service.close(resolve));
});

/** Milliseconds that the question took to the service, and the answer back. */
async function ask(...pieces: string[]): Promise<{ thereMs: number; backMs: number }> {
  const startedAt = performance.now();
  for (const piece of pieces) client.write(piece);
  const [answer] = await once(client, "data");
  const arrivedAt = Number(answer.toString());
  return { thereMs: arrivedAt - startedAt, backMs: performance.now() - arrivedAt };
}

test("a request and its answer are delayed each by its own draw", async () => {
  draws = [0.5, 0, 0, 0.5];
  const first = await ask("one\n");
  expect(first.thereMs).toBeGreaterThanOrEqual(JITTER_MS / 2 - TIMER_SLACK_MS);
  expect(first.backMs).toBeLessThan(JITTER_MS / 2);
  const second = await ask("two\n");
  expect(second.thereMs).toBeLessThan(JITTER_MS / 2);
  expect(second.backMs).toBeGreaterThanOrEqual(JITTER_MS / 2 - TIMER_SLACK_MS);
});

test("the pieces of a request share one draw", async () => {
  draws = [0.5, 0];
  await ask("o", "n", "e\n");
  expect(draws).toEqual([]);
});

test("without jitter nothing waits", async () => {
  proxy.jitterMs = 0;
  draws = [0.9, 0.9];
  const { thereMs, backMs } = await ask("one\n");
  expect(Math.max(thereMs, backMs)).toBeLessThan(JITTER_MS / 2);
});
