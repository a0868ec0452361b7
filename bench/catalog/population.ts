import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { members, partnerAllowances, partners, priceRules, sessions, users } from "@/drizzle/schema";
import { newId } from "@/lib/ids";
import { pick, type Random, randomInteger, seededRandom } from "../../local/bamboo/random";
import { cookieOf } from "../population";

export interface Buyer {
  partnerId: string;
  cookie: string;
}

const PARTNERS = 200;
const SEED = 20_261_123;
const SESSION_MS = 6 * 3_600_000;
const CURRENCIES = ["USD", "EUR", "GBP", "AED"];
/** One in so many sees only what is on its list. */
const LISTED_EACH = 10;
const RULES_MOST = { brand: 20, product: 30, category: 4 };

type Scope = keyof typeof RULES_MOST;

/** Two hundred partners, each with one person who is signed in and rules of all kinds; some have a list of their own. */
export async function populateCatalog(): Promise<Buyer[]> {
  const random = seededRandom(SEED);
  const ids = await scopeIds();
  const made = Array.from({ length: PARTNERS }, (_, at) => ({
    partnerId: newId(),
    userId: randomUUID(),
    token: randomUUID(),
    currency: CURRENCIES[at % CURRENCIES.length] ?? "USD",
    listedOnly: at % LISTED_EACH === LISTED_EACH - 1,
  }));
  await db()
    .insert(partners)
    .values(made.map(({ partnerId: id, currency, listedOnly }) => ({ id, name: `Bench ${id}`, currency, listedOnly })));
  await db()
    .insert(users)
    .values(made.map(({ userId: id }) => ({ id, name: "Bench", email: `${id}@bench.example` })));
  await db()
    .insert(members)
    .values(made.map(({ partnerId, userId }) => ({ id: newId(), partnerId, userId, role: "owner" as const })));
  const expiresAt = new Date(Date.now() + SESSION_MS);
  await db()
    .insert(sessions)
    .values(made.map(({ userId, token }) => ({ id: token, token, userId, expiresAt })));
  for (const { partnerId, listedOnly } of made) {
    await db()
      .insert(priceRules)
      .values(rulesOf(partnerId, ids, random));
    if (listedOnly)
      await db()
        .insert(partnerAllowances)
        .values(allowancesOf(partnerId, ids, random));
  }
  return made.map(({ partnerId, token }) => ({ partnerId, cookie: cookieOf(token) }));
}

async function scopeIds(): Promise<Record<Scope, string[]>> {
  const { rows } = await db().execute<Record<Scope, string[]>>(sql`select (select array_agg(id) from brands) as brand,
    (select array_agg(id::text) from products where withdrawn_at is null) as product, (select array_agg(id::text) from categories) as category`);
  const [found] = rows;
  if (!found?.brand || !found.product || !found.category)
    throw new Error("There is no catalogue to make rules for: was it read?");
  return found;
}

function some(ids: readonly string[], count: number, random: Random): string[] {
  return [...new Set(Array.from({ length: count }, () => pick(random, ids)))];
}

function rulesOf(partnerId: string, ids: Record<Scope, string[]>, random: Random): (typeof priceRules.$inferInsert)[] {
  const scoped = (Object.keys(RULES_MOST) as Scope[]).flatMap((scope) =>
    some(ids[scope], randomInteger(random, 1, RULES_MOST[scope]), random).map((scopeId) => ({ scope, scopeId })),
  );
  return [{ scope: "default" as const, scopeId: null }, ...scoped].map(({ scope, scopeId }) => ({
    id: newId(),
    partnerId,
    name: `bench ${scope}`,
    scope,
    scopeId,
    kind: random() < 0.5 ? ("markup_on_cost" as const) : ("discount_off_face" as const),
    basisPoints: randomInteger(random, 0, 500),
  }));
}

function allowancesOf(partnerId: string, ids: Record<Scope, string[]>, random: Random) {
  const listed = [
    ...some(ids.category, 3, random).map((scopeId) => ({ scope: "category" as const, scopeId })),
    ...some(ids.brand, 40, random).map((scopeId) => ({ scope: "brand" as const, scopeId })),
  ];
  return listed.map(({ scope, scopeId }) => ({ id: newId(), partnerId, scope, scopeId }));
}
