import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CuttingProxy, startCuttingProxy } from "./cutting-proxy";

/** Answers each request with itself, and keeps what it got. */
class Echo {
  readonly got: string[] = [];
  private readonly server: Server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      this.got.push(chunk.toString());
      socket.write(`answer to ${chunk.toString()}`);
    });
  });

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return (this.server.address() as AddressInfo).port;
  }

  close(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

let echoes: { left: Echo; right: Echo };
let proxy: CuttingProxy<"left" | "right">;

beforeEach(async () => {
  echoes = { left: new Echo(), right: new Echo() };
  proxy = await startCuttingProxy({ left: await echoes.left.open(), right: await echoes.right.open() });
});

afterEach(async () => {
  await proxy.close();
  await Promise.all([echoes.left.close(), echoes.right.close()]);
});

async function client(service: "left" | "right"): Promise<Socket> {
  const socket = connect(proxy.ports[service], "127.0.0.1");
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return socket;
}

/** The answer, or null when the connection ends without one. */
function ask(socket: Socket, words: string): Promise<string | null> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve(null);
    socket.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    socket.once("close", () => resolve(null));
    socket.write(words);
  });
}

test("awaits are numbered in one order over all services, and known to be alone or not", async () => {
  const run = proxy.begin();
  const [left, right] = [await client("left"), await client("right")];
  expect(await ask(left, "one")).toBe("answer to one");
  expect(await ask(right, "two")).toBe("answer to two");
  expect(await ask(left, "three")).toBe("answer to three");
  expect(await Promise.all([ask(left, "four"), ask(right, "five")])).toHaveLength(2);
  const seen = run.awaits.map(({ number, service, alone }) => `${number} ${service} ${alone}`);
  expect(seen.slice(0, 3)).toEqual(["1 left true", "2 right true", "3 left true"]);
  expect(run.awaits).toHaveLength(5);
  expect(run.cutAt).toBeUndefined();
  for (const socket of [left, right]) socket.destroy();
});

test("cut before an await, the process dies and the service never hears of it", async () => {
  let kills = 0;
  const run = proxy.begin({ at: 2, mode: "before", kill: () => kills++ });
  const left = await client("left");
  expect(await ask(left, "one")).toBe("answer to one");
  expect(await ask(left, "two")).toBeNull();
  expect(kills).toBe(1);
  expect(run.cutAt?.number).toBe(2);
  expect(echoes.left.got).toEqual(["one"]);
});

test("cut after an await, the service has acted and the answer reaches nobody", async () => {
  let kills = 0;
  const run = proxy.begin({ at: 1, mode: "after", kill: () => kills++ });
  const [left, right] = [await client("left"), await client("right")];
  expect(await ask(left, "one")).toBeNull();
  expect(await ask(right, "more")).toBeNull();
  expect(kills).toBe(1);
  expect(run.cutAt?.service).toBe("left");
  expect(echoes.left.got).toEqual(["one"]);
  expect(echoes.right.got).toEqual([]);
});

test("a new run counts anew, and carries nothing of the last", async () => {
  proxy.begin({ at: 9, mode: "before", kill: () => undefined });
  const old = await client("left");
  expect(await ask(old, "one")).toBe("answer to one");
  const run = proxy.begin();
  expect(await ask(old, "late")).toBeNull();
  const fresh = await client("right");
  expect(await ask(fresh, "first")).toBe("answer to first");
  expect(run.awaits.map(({ number }) => number)).toEqual([1]);
  fresh.destroy();
});
