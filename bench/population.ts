import { createHmac, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { members, partners, priceRules, sessions, users } from "@/drizzle/schema";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import type { MEMBER_ROLES } from "@/lib/partners/schemas";
import type { Card } from "./order-client";

export interface Person {
  partnerId: string;
  userId: string;
  role: (typeof MEMBER_ROLES)[number];
  /** A signed-in browser's `cookie` header. */
  cookie: string;
}

/** Whom orders come from, and what they are for. */
export interface Market {
  people: Person[];
  cards: Card[];
}

export const CURRENCY = "USD";
const PARTNERS = 1_000;
const FUNDS_MINOR = 1_000_000_000_000;
const SESSION_MS = 3_600_000;
/** Below face value less this is no price of ours; above any cost of the sandbox. */
const MARKUP_BASIS_POINTS = 300;

/** A thousand partners, each with one person who is signed in, a price rule and more money than a bench can spend. */
export async function populate(): Promise<Person[]> {
  const people = Array.from({ length: PARTNERS }, () => ({ partnerId: newId(), userId: randomUUID(), token: randomUUID() }));
  await db()
    .insert(partners)
    .values(people.map(({ partnerId: id }) => ({ id, name: `Bench ${id}`, currency: CURRENCY })));
  await db()
    .insert(users)
    .values(people.map(({ userId: id }) => ({ id, name: "Bench", email: `${id}@bench.example` })));
  await db()
    .insert(members)
    .values(people.map(({ partnerId, userId }) => ({ id: newId(), partnerId, userId, role: "owner" as const })));
  await db()
    .insert(priceRules)
    .values(people.map(({ partnerId }) => ({ id: newId(), partnerId, ...RULE })));
  const expiresAt = new Date(Date.now() + SESSION_MS);
  await db()
    .insert(sessions)
    .values(people.map(({ userId, token }) => ({ id: token, token, userId, expiresAt })));
  await fund();
  return people.map(({ partnerId, userId, token }) => ({ partnerId, userId, role: "owner", cookie: cookieOf(token) }));
}

const RULE = {
  name: "bench",
  scope: "default",
  scopeId: null,
  kind: "markup_on_cost",
  basisPoints: MARKUP_BASIS_POINTS,
} as const;

/** Wallets and top-ups of all in two statements; one at a time they would take as long as the bench. */
async function fund(): Promise<void> {
  await db().execute(sql`
    insert into ledger_accounts (kind, partner_id, currency)
    select kind, p.id, p.currency from partners p, unnest(array['available', 'held']) kind
    union all select 'funding', null, ${CURRENCY} on conflict do nothing`);
  await db().execute(sql`
    insert into transfers (id, kind, debit_account_id, credit_account_id, amount_minor, currency, memo)
    select gen_random_uuid(), 'top_up', funding.id, wallet.id, ${FUNDS_MINOR}, wallet.currency, 'bench'
    from ledger_accounts wallet join ledger_accounts funding on funding.currency = wallet.currency and funding.kind = 'funding'
    where wallet.kind = 'available'`);
}

/** As a sign-in signs it. */
export function cookieOf(token: string): string {
  const signature = createHmac("sha256", env().AUTH_SECRET).update(token).digest("base64");
  return `steller.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}

/** Walks round and round, so that no session meets its limit and each wallet and product gets its share. */
export function inTurn<T>(all: readonly T[]): () => T {
  let next = 0;
  return () => {
    const one = all[next++ % all.length];
    if (one === undefined) throw new Error("There is nothing to take in turn: was the catalogue read, and were partners made?");
    return one;
  };
}
