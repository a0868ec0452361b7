import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTripProxy, type TripProxy } from "./trip-proxy";

const LONG_MS = 40;
/** A timer may be early by less than a millisecond, as the other clock sees it. */
const TIMER_SLACK_MS = 1;

let service: Server;
let proxy: TripProxy;
let client: Socket;
let heard = "";

/** Answers each line with the same line, once it is complete. */
beforeEach(async () => {
  heard = "";
  service = createServer((socket) => {
    let rest = "";
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      rest += chunk.toString();
      const whole = rest.lastIndexOf("\n") + 1;
      if (whole > 0) socket.write(rest.slice(0, whole));
      rest = rest.slice(whole);
    });
    socket.on("end", () => {
      heard += `ended after ${JSON.stringify(rest)}`;
    });
  }).listen(0, "127.0.0.1");
  await once(service, "listening");
  proxy = await startTripProxy({ targetPort: (service.address() as AddressInfo).port });
  client = connect(proxy.port, "127.0.0.1");
  client.setEncoding("utf8");
});

afterEach(async () => {
  client.destroy();
  await proxy.close();
  await new Promise((resolve) => service.close(resolve));
});

async function ask(line: string): Promise<string> {
  client.write(`${line}\n`);
  const [answer] = await once(client, "data");
  return answer;
}

test("each question after an answer is a trip, and nothing is changed on the way", async () => {
  for (const line of ["one", "two", "three"]) expect(await ask(line)).toBe(`${line}\n`);
  expect(proxy.trips()).toBe(3);
  proxy.reset();
  expect(proxy.trips()).toBe(0);
});

test("pieces that wait for no answer share one trip", async () => {
  client.setNoDelay(true);
  for (const piece of ["a", "b", "c"]) {
    client.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(await ask("d")).toBe("abcd\n");
  expect(proxy.trips()).toBe(1);
});

test("trips of two connections add up", async () => {
  const second = connect(proxy.port, "127.0.0.1");
  second.write("hello\n");
  await Promise.all([ask("one"), once(second, "data")]);
  second.destroy();
  expect(proxy.trips()).toBe(2);
});

test("no piece of a trip arrives before the delay is over, nor before another that was sent first", async () => {
  proxy.delayMs = LONG_MS;
  const startedAt = performance.now();
  for (const piece of ["a", "b", "c"]) client.write(piece);
  expect(await ask("d")).toBe("abcd\n");
  const tookMs = performance.now() - startedAt;
  expect(tookMs).toBeGreaterThanOrEqual(LONG_MS - TIMER_SLACK_MS);
  expect(proxy.trips()).toBe(1);
});

test("what was sent before the end arrives before the end", async () => {
  proxy.delayMs = LONG_MS;
  client.end("last words");
  await once(client, "close");
  expect(heard).toBe('ended after "last words"');
});

test("closing it cuts its connections", async () => {
  await ask("one");
  const closed = once(client, "close");
  await proxy.close();
  await closed;
});
