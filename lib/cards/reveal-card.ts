import { createHash } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { cards, reveals } from "@/drizzle/schema";
import { type Ctx, requireMember } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { isUuid, newId } from "@/lib/ids";
import { openCard } from "./card-box";
import { findOrderKey } from "./order-key";
import type { Reveal } from "./schemas";

/** The only way to a code. Who, when and from where is written in the same transaction: no record, no code. */
export async function revealCard(ctx: Ctx, cardId: string): Promise<Reveal> {
  const { partnerId, userId } = requireMember(ctx, "cards.reveal");
  return db().transaction(async (tx) => {
    const [card] = isUuid(cardId)
      ? await tx
          .select()
          .from(cards)
          .where(and(eq(cards.id, cardId), eq(cards.partnerId, partnerId)))
      : [];
    if (!card) throw notFound("card");
    const key = await findOrderKey(tx, card.orderId);
    if (!key) throw new Error(`The key of order ${card.orderId} is missing`);
    const { code, pin, serialNumber } = openCard(key, card.sealed, { partnerId, orderId: card.orderId, cardId: card.id });
    const revealedAt = await recordReveal(tx, { partnerId, userId, cardId: card.id, ...ctx.from });
    return { cardId: card.id, code, pin, serialNumber, expiresAt: card.expiresAt, revealedAt: revealedAt.toISOString() };
  });
}

interface Showing {
  partnerId: string;
  userId: string;
  cardId: string;
  ipAddress: string | null;
  userAgent: string | null;
}

/** Appends to the partner's chain; the advisory lock keeps two reveals from taking the same place in it. */
async function recordReveal(tx: Transaction, showing: Showing): Promise<Date> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`reveals:${showing.partnerId}`}, 0))`);
  const [last] = await tx
    .select()
    .from(reveals)
    .where(eq(reveals.partnerId, showing.partnerId))
    .orderBy(desc(reveals.sequence))
    .limit(1);
  const sequence = (last?.sequence ?? 0) + 1;
  const createdAt = new Date();
  const id = newId(createdAt.getTime());
  const told = JSON.stringify([
    id,
    sequence,
    showing.partnerId,
    showing.userId,
    showing.cardId,
    showing.ipAddress,
    showing.userAgent,
    createdAt.toISOString(),
  ]);
  const hash = createHash("sha256")
    .update(last?.hash ?? Buffer.alloc(0))
    .update(told)
    .digest();
  await tx.insert(reveals).values({ ...showing, id, sequence, previousHash: last?.hash ?? null, hash, createdAt });
  return createdAt;
}
