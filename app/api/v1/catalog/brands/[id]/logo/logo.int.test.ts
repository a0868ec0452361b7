import { createHash, createHmac, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { db } from "@/drizzle/client";
import { brands, partnerAllowances, partners, sessions } from "@/drizzle/schema";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { logoPath } from "@/lib/logos";
import { redis } from "@/lib/redis";
import { makePartner } from "@/local/testing/factories";
import { GET } from "./route";

const SESSION_MS = 60_000;
const HOSTILE = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(2)</script></svg>";
const PNG = Buffer.from("\x89PNG\r\n\x1a\nrest", "latin1");

/** As the supplier serves its logos, each at an address of this run's own. */
const asked: string[] = [];
const server = createServer((request, response) => {
  const path = request.url ?? "";
  asked.push(path);
  if (path.startsWith("/hostile")) response.setHeader("content-type", "text/html").end(HOSTILE);
  else if (path.startsWith("/png")) response.end(PNG);
  else if (path.startsWith("/page"))
    response.setHeader("content-type", "image/png").end("<html><script>alert(1)</script></html>");
  else response.writeHead(302, { location: "/png" }).end();
});
let headers: Headers;
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The one host that is reached wherever it is.
  env().BAMBOO_BASE_URL = origin;
  headers = await signedIn();
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function signedIn(made = makePartner({ fundsMinor: 0, role: "viewer" })): Promise<Headers> {
  const { actor } = (await made).ctx;
  if (actor.kind !== "member") throw new Error("A partner's member was made");
  const token = randomUUID();
  const expiresAt = new Date(Date.now() + SESSION_MS);
  await db().insert(sessions).values({ id: token, token, userId: actor.userId, expiresAt });
  const signature = createHmac("sha256", env().AUTH_SECRET).update(token).digest("base64");
  return new Headers({ cookie: `steller.session_token=${encodeURIComponent(`${token}.${signature}`)}` });
}

async function makeBrand(logoUrl: string | null): Promise<{ id: string; logoUrl: string | null }> {
  const brand = { id: randomUUID(), logoUrl };
  await db()
    .insert(brands)
    .values({ ...brand, name: "<img src=x onerror=alert(1)>", currency: "USD", changedAt: new Date() });
  return brand;
}

const own = (path: string) => `${origin}/${path}-${randomUUID()}`;

function get(brand: { id: string; logoUrl: string | null }, as = headers): Promise<Response> {
  const path = logoPath(brand) ?? `/api/v1/catalog/brands/${brand.id}/logo`;
  return GET(new Request(`http://127.0.0.1${path}`, { headers: as }), { params: Promise.resolve({ id: brand.id }) });
}

test("a hostile SVG comes as a picture that can run nothing, whatever type the supplier said", async () => {
  const response = await get(await makeBrand(own("hostile")));
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "image/svg+xml",
    "content-security-policy": expect.stringMatching(/^sandbox; default-src 'none';/),
    "x-content-type-options": "nosniff",
    "cache-control": "private, max-age=86400, immutable",
  });
  expect(await response.text()).toBe(HOSTILE);
});

test("the supplier is asked once for an address, by however many at once, and never again within a day", async () => {
  const brand = await makeBrand(own("png"));
  const answers = await Promise.all(Array.from({ length: 12 }, () => get(brand)));
  for (const answer of answers) expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
  const sameAddress = await makeBrand(brand.logoUrl);
  expect((await get(sameAddress)).status).toBe(200);
  expect(asked.filter((path) => brand.logoUrl?.endsWith(path))).toHaveLength(1);
  const hash = createHash("sha256")
    .update(brand.logoUrl ?? "")
    .digest("base64url");
  // What is kept is written beside the answer.
  await vi.waitFor(async () => expect(await redis().ttl(`cache:1:logo:${hash}`)).toBeGreaterThan(86_000));
});

test("what is no picture, leads elsewhere, or is on our own network is not there, and is not asked for again", async () => {
  const elsewhere = origin.replace("127.0.0.1", "localhost");
  const brand = { page: await makeBrand(own("page")), redirect: await makeBrand(own("redirect")) };
  for (let times = 0; times < 2; times++)
    for (const none of [
      brand.page,
      brand.redirect,
      await makeBrand(`${elsewhere}/png`),
      await makeBrand("http://169.254.169.254/"),
    ]) {
      const response = await get(none);
      expect([response.status, response.headers.get("cache-control")]).toEqual([404, "no-store"]);
    }
  const askedFor = (logoUrl: string | null) => asked.filter((path) => logoUrl?.endsWith(path)).length;
  expect([askedFor(brand.page.logoUrl), askedFor(brand.redirect.logoUrl), asked.includes("/png")]).toEqual([1, 1, false]);
});

test("it is no proxy: only brands have logos, and only callers that are signed in see them", async () => {
  expect((await get({ id: "nobody", logoUrl: own("png") })).status).toBe(404);
  expect((await get(await makeBrand(null))).status).toBe(404);
  expect((await get({ id: "\0", logoUrl: own("png") })).status).toBe(404);
  const before = asked.length;
  expect((await get(await makeBrand(own("png")), new Headers())).status).toBe(401);
  expect(asked.length).toBe(before);
});

test("a version that is not the picture's own is not kept by the browser for good", async () => {
  const { id } = await makeBrand(own("png"));
  const response = await get({ id, logoUrl: "https://another.example" });
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "private, max-age=300"]);
});

test("a partner with a list sees the logos of brands that are on it", async () => {
  const made = makePartner({ fundsMinor: 0, role: "viewer" });
  const { partnerId } = await made;
  await db().update(partners).set({ listedOnly: true }).where(eq(partners.id, partnerId));
  const [as, brand] = [await signedIn(made), await makeBrand(own("png"))];
  expect((await get(brand, as)).status).toBe(404);
  await db().insert(partnerAllowances).values({ id: newId(), partnerId, scope: "brand", scopeId: brand.id });
  expect((await get(brand, as)).status).toBe(200);
});
