import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isPublicAddress, publicLookup } from "./public-address";
import { safeFetch } from "./safe-fetch";

const answers: Record<string, (response: ServerResponse) => void> = {
  "/ok": (response) => response.end("picture"),
  "/redirect": (response) => response.writeHead(302, { location: "/ok" }).end(),
  "/missing": (response) => response.writeHead(404).end("picture"),
  "/declared": (response) => response.writeHead(200, { "content-length": 2_000 }).end(Buffer.alloc(2_000)),
  "/large": (response) => {
    for (let part = 0; part < 20; part++) response.write(Buffer.alloc(100));
    response.end();
  },
  "/silent": () => undefined,
  "/trickle": (response) => void response.write("p"),
};
let asked = 0;
const server = createServer((request, response) => {
  asked++;
  answers[request.url ?? ""]?.(response);
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  asked = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** As the supplier's own host, which is reached wherever it is. */
const trusted = (path: string, timeoutMs = 2_000) =>
  safeFetch(`http://127.0.0.1:${port}${path}`, { trustedHost: `127.0.0.1:${port}`, timeoutMs, maxBytes: 1_000 });
const named = (...addresses: string[]) =>
  publicLookup((_host, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    ),
  );

describe("what is fetched", () => {
  it("is what the address answers with", async () => {
    expect(await trusted("/ok")).toEqual({ kind: "fetched", bytes: Buffer.from("picture") });
  });

  it("is never where a redirect leads, nor an error's page", async () => {
    expect(await trusted("/redirect")).toMatchObject({ kind: "failed", why: expect.stringContaining("302") });
    expect(await trusted("/missing")).toMatchObject({ kind: "failed", why: expect.stringContaining("404") });
    expect(asked).toBe(2);
  });

  it("is no more than it may be, declared or not", async () => {
    for (const path of ["/declared", "/large"])
      expect(await trusted(path)).toMatchObject({ kind: "failed", why: expect.stringContaining("1000 bytes") });
  });

  it("takes no longer than it may, before the answer and within it", async () => {
    const startedAt = performance.now();
    for (const path of ["/silent", "/trickle"]) expect(await trusted(path, 150)).toMatchObject({ kind: "failed" });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe("what is not on the open internet", () => {
  it.each([
    ["an address", () => `http://127.0.0.1:${port}/ok`],
    ["one written as a number", () => `http://2130706433:${port}/ok`],
    ["one mapped into IPv6", () => `http://[::ffff:127.0.0.1]:${port}/ok`],
    ["this machine's name", () => `http://localhost:${port}/ok`],
    ["a password", () => `http://me:secret@198.51.100.1:${port}/ok`],
    ["another protocol", () => "file:///etc/passwd"],
    ["nonsense", () => "logo.png"],
  ])("is not asked: %s", async (_what, address) => {
    expect(await safeFetch(address())).toMatchObject({ kind: "failed" });
    expect(asked).toBe(0);
  });

  it.each([[["127.0.0.1"]], [["10.1.2.3"]], [["93.184.215.14", "127.0.0.1"]], [["::1"]], [["::ffff:127.0.0.1"]], [[]]])(
    "is not asked by a name that leads to %j",
    async (addresses) => {
      expect(await safeFetch(`http://logos.example:${port}/ok`, { lookup: named(...addresses) })).toMatchObject({
        kind: "failed",
        why: "logos.example is not on the open internet",
      });
      expect(asked).toBe(0);
    },
  );

  it("is not asked beside the trusted host: another port is another", async () => {
    expect(await safeFetch(`http://127.0.0.1:${port}/ok`, { trustedHost: `127.0.0.1:${port + 1}` })).toMatchObject({
      kind: "failed",
    });
    expect(asked).toBe(0);
  });

  it("is told from what is", () => {
    const hidden =
      "0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.168.1.1 192.0.2.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 " +
      ":: ::1 ::7f00:1 ::ffff:8.8.8.8 64:ff9b::7f00:1 fc00::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001:db8::1 2002:7f00:1::1 2001::1 100::1 nonsense";
    expect(hidden.split(" ").filter(isPublicAddress)).toEqual([]);
    expect(["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"].filter((it) => !isPublicAddress(it))).toEqual(
      [],
    );
  });
});

it("a socket is given the very addresses that were checked, in either form, for one question", async () => {
  const addresses = [
    { address: "8.8.8.8", family: 4 },
    { address: "2606:2800:21f:cb07:6820:80da:af6b:8b2c", family: 6 },
  ];
  let questions = 0;
  const lookup = publicLookup((_host, _options, done) => {
    questions++;
    // A name may lead elsewhere the second time.
    done(null, questions === 1 ? addresses : [{ address: "127.0.0.1", family: 4 }]);
  });
  const ask = (all: boolean) =>
    new Promise((resolve) => lookup("logos.example", { all }, (error, address) => resolve(error?.message ?? address)));
  expect(await ask(true)).toEqual(addresses);
  expect(await ask(true)).toBe("logos.example is not on the open internet");
  questions = 0;
  expect(await ask(false)).toBe("8.8.8.8");
});
