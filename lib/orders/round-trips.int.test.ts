import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { sessions } from "@/drizzle/schema";
import { type Ctx, loadCallerBeside } from "@/lib/auth";
import { env } from "@/lib/env";
import { createQuote } from "@/lib/quotes";
import { makePartner, makeProduct, oneCard } from "@/local/testing/factories";
import { putDatabaseBehindProxy } from "@/local/testing/trips/database-behind-proxy";
import type { TripProxy } from "@/local/testing/trips/trip-proxy";
import { acceptanceFacts } from "./acceptance-facts";
import { placeOrder } from "./place-order";
import type { PlaceOrderInput } from "./schemas";

const SESSION_MS = 60_000;
/** Between one's own region and a database in the next. */
const DELAY_MS = 5;

let proxy: TripProxy;
let ctx: Ctx;
let input: PlaceOrderInput;

/** Nothing above asks the database while it is imported, so the first query already goes through the proxy. */
beforeAll(async () => {
  proxy = await putDatabaseBehindProxy();
  proxy.delayMs = DELAY_MS;
  ({ ctx } = await makePartner());
  input = oneCard(await makeProduct());
  await placeOrder(ctx, input, randomUUID());
});

afterAll(() => proxy.close());

async function tripsOf<T>(work: () => Promise<T>): Promise<{ trips: number; result: T }> {
  proxy.reset();
  const result = await work();
  return { trips: proxy.trips(), result };
}

test("an order is accepted in two round trips: one reads all that is decided on, one writes", async () => {
  const { trips, result } = await tripsOf(() => placeOrder(ctx, input, randomUUID()));
  expect(result).toMatchObject({ status: 202, replayed: false });
  expect(trips).toBe(2);
});

test("many lines take no more", async () => {
  const many = { lines: Array.from({ length: 50 }, () => oneCard(input.lines[0]?.productId ?? 0).lines).flat() };
  const { trips } = await tripsOf(() => placeOrder(ctx, many, randomUUID()));
  expect(trips).toBe(2);
});

test("a quote takes two as well, and so does an order by it", async () => {
  const quoted = await tripsOf(() => createQuote(ctx, input, randomUUID()));
  expect(quoted.trips).toBe(2);
  const { trips } = await tripsOf(() => placeOrder(ctx, { ...input, quoteId: quoted.result.quote.id }, randomUUID()));
  expect(trips).toBe(2);
});

test("a repeated request is answered in one, and so is one that is refused for what it asks", async () => {
  const key = randomUUID();
  const { body } = await placeOrder(ctx, input, key);
  const repeated = await tripsOf(() => placeOrder(ctx, input, key));
  expect(repeated.result).toEqual({ status: 202, body, replayed: true });
  expect(repeated.trips).toBe(1);
  const refused = await tripsOf(() => placeOrder(ctx, { ...input, maxTotalMinor: 1 }, randomUUID()).catch(String));
  expect(refused).toEqual({ trips: 1, result: expect.stringContaining("above your limit") });
});

test("over HTTP the session is looked up in the first of the two", async () => {
  const headers = await signedIn(ctx);
  const key = randomUUID();
  const { trips, result } = await tripsOf(async () => {
    const { caller, beside } = await loadCallerBeside(headers, acceptanceFacts(input, key));
    if (!caller) throw new Error("The session was not found");
    return placeOrder({ ...ctx, actor: caller.actor }, input, key, beside);
  });
  expect(result).toMatchObject({ status: 202, replayed: false });
  expect(trips).toBe(2);
});

/** The cookie of a session, signed as a sign-in signs it. */
async function signedIn({ actor }: Ctx): Promise<Headers> {
  if (actor.kind === "system") throw new Error("Only people sign in");
  const token = randomUUID();
  await db()
    .insert(sessions)
    .values({ id: token, token, userId: actor.userId, expiresAt: new Date(Date.now() + SESSION_MS) });
  const signature = createHmac("sha256", env().AUTH_SECRET).update(token).digest("base64");
  return new Headers({ cookie: `steller.session_token=${encodeURIComponent(`${token}.${signature}`)}` });
}
