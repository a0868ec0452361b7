import { randomInt, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { connect, type Database, db } from "@/drizzle/client";
import { brands, catalogState, ledgerAccounts, members, partners, priceRules, products, users } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import type { MEMBER_ROLES } from "@/lib/partners/schemas";
import { topUp } from "@/lib/wallet";
import { BambooControl } from "../bamboo/control";

export interface TestPartner {
  partnerId: string;
  ctx: Ctx;
}

/** A partner of the suite's own, with one member, a default price rule (face value less 5 %) and money in USD. */
export async function makePartner({
  fundsMinor = 100_000,
  role = "owner" as (typeof MEMBER_ROLES)[number],
} = {}): Promise<TestPartner> {
  const partnerId = newId();
  const userId = randomUUID();
  await db()
    .insert(partners)
    .values({ id: partnerId, name: `Partner ${partnerId}`, currency: "USD" });
  await db()
    .insert(users)
    .values({ id: userId, name: "Test Person", email: `${userId}@test.example` });
  await db().insert(members).values({ id: newId(), partnerId, userId, role });
  await db().insert(priceRules).values({
    id: newId(),
    partnerId,
    name: "test",
    scope: "default",
    scopeId: null,
    kind: "discount_off_face",
    basisPoints: 500,
  });
  if (fundsMinor > 0)
    await db().transaction((tx) => topUp(tx, { partnerId, currency: "USD", amountMinor: fundsMinor, memo: "test" }));
  return {
    partnerId,
    ctx: {
      actor: { kind: "member", userId, partnerId, role },
      requestId: newId(),
      from: { ipAddress: "127.0.0.1", userAgent: "test" },
    },
  };
}

/** A product in our tables: by default one of the sandbox's, 10 USD, at a cost of 9. */
export async function makeProduct({
  id = randomInt(10_000_000, 2_000_000_000),
  stock = null as number | null,
} = {}): Promise<number> {
  const changedAt = new Date();
  await db().insert(brands).values({ id: "900", name: "Sandbox Scenarios", currency: "USD", changedAt }).onConflictDoNothing();
  await db()
    .insert(products)
    .values({
      id,
      brandId: "900",
      name: `Product ${id}`,
      faceCurrency: "USD",
      faceMinMinor: 1_000,
      faceMaxMinor: 1_000,
      costMin: "9",
      costMax: "9",
      costCurrency: "USD",
      stock,
      changedAt,
    })
    .onConflictDoNothing();
  await freshCatalogue();
  return id;
}

/** As after a complete read: nothing is sold of a catalogue that was never read, or long ago. */
export async function freshCatalogue(): Promise<void> {
  await db()
    .update(catalogState)
    .set({ completedAt: sql`now()` })
    .where(sql`${catalogState.completedAt} is null or ${catalogState.completedAt} < now() - interval '1 hour'`);
}

export async function balances(partnerId: string): Promise<{ available: number; held: number }> {
  const rows = await db().select().from(ledgerAccounts).where(eq(ledgerAccounts.partnerId, partnerId));
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.balanceMinor ?? 0;
  return { available: of("available"), held: of("held") };
}

export const oneCard = (productId: number, quantity = 1) => ({ lines: [{ productId, faceMinor: 1_000, quantity }] });

/** The control surface of the sandbox that this run's product buys from. */
export const sandbox = () => new BambooControl(process.env.BAMBOO_BASE_URL ?? "", process.env.BAMBOO_CONTROL_TOKEN ?? "");

/** Runs `work` as the schema's owner, who may do what the application may not. */
export async function asOwner<T>(work: (owner: Database) => Promise<T>): Promise<T> {
  const { db: owner, pool } = connect(env().DATABASE_URL_UNPOOLED ?? "");
  return work(owner).finally(() => pool.end());
}
