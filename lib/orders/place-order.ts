import { eq } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { idempotencyKeys, orderLines, orders, partners } from "@/drizzle/schema";
import { type Ctx, requireMember } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { newId, orderNumber } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import { enqueue } from "@/lib/outbox";
import { sqlState, violated } from "@/lib/postgres-errors";
import { postTransfers, walletAccounts } from "@/lib/wallet";
import { type PricedOrder, priceLines } from "./price-lines";
import { queuePosition } from "./queue-position";
import { findReplay, hashRequest, type StoredAnswer } from "./replay";
import { orderAcceptedSchema, type PlaceOrderInput } from "./schemas";
import { addToTimeline } from "./timeline";

const ACCEPTED = 202;
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Accepts an order: the answer's row, the hold on the wallet, the order, its lines and timeline and the event are one transaction.
 * Nothing outside the database is asked. The same key and body get the first answer again.
 */
export async function placeOrder(ctx: Ctx, input: PlaceOrderInput, idempotencyKey: string): Promise<StoredAnswer> {
  const member = requireMember(ctx, "orders.place");
  const requestHash = hashRequest(input);
  const earlier = await findReplay(db(), member.partnerId, idempotencyKey, requestHash);
  if (earlier) return earlier;
  try {
    const priced = await priceLines(db(), member.partnerId, input);
    refuseDearer(priced, input.maxTotalMinor);
    return await db().transaction((tx) => accept(tx, { ...member, input, priced, idempotencyKey, requestHash }));
  } catch (thrown) {
    const winner = violated(thrown, "idempotency_keys_partner_id_key_pk")
      ? await findReplay(db(), member.partnerId, idempotencyKey, requestHash)
      : null;
    if (winner) return winner;
    if (sqlState(thrown) === LOCK_NOT_AVAILABLE) {
      throw new AppError(
        "idempotency_in_progress",
        "This order is still being placed. Ask again with the same Idempotency-Key in a moment.",
        { retryAfterSeconds: 1, cause: thrown },
      );
    }
    throw thrown;
  }
}

interface Acceptance {
  partnerId: string;
  userId: string;
  input: PlaceOrderInput;
  priced: PricedOrder;
  idempotencyKey: string;
  requestHash: Buffer;
}

async function accept(
  tx: Transaction,
  { partnerId, userId, input, priced, idempotencyKey, requestHash }: Acceptance,
): Promise<StoredAnswer> {
  const { lines, currency, totalMinor, rateSnapshotId } = priced;
  const orderId = newId();
  const cards = lines.reduce((sum, line) => sum + line.quantity, 0);
  const [order] = await tx
    .insert(orders)
    .values({
      id: orderId,
      partnerId,
      currency,
      totalMinor,
      cards,
      reference: input.reference || null,
      rateSnapshotId,
      placedBy: userId,
    })
    .returning();
  if (!order) throw new Error("The order was not written");
  const rows = lines.map(({ product, ...line }, position) => ({
    ...line,
    id: newId(),
    orderId,
    position,
    productId: product.productId,
    productName: product.name,
    brandName: product.brandName,
    logoUrl: product.logoUrl,
    faceCurrency: product.faceCurrency,
  }));
  await tx.insert(orderLines).values(rows);
  await addToTimeline(tx, [orderId], {
    kind: "accepted",
    title: "Order accepted",
    detail: `${formatMoney(totalMinor, currency)} held on the wallet`,
  });
  await enqueue(tx, [{ name: "orders/queued", data: { orderId } }]);
  const position = await queuePosition(tx, order);
  const body = JSON.stringify(
    orderAcceptedSchema.parse({
      id: orderId,
      number: orderNumber(order.sequence),
      status: order.status,
      total: { amountMinor: totalMinor, currency },
      position,
      createdAt: order.createdAt.toISOString(),
    }),
  );
  await tx.insert(idempotencyKeys).values({ partnerId, key: idempotencyKey, requestHash, status: ACCEPTED, body });
  // Last, so that a busy wallet's row is locked for as short as can be.
  const wallet = await walletAccounts(tx, partnerId, currency);
  await postTransfers(
    tx,
    rows.map((row) => ({
      kind: "hold",
      debitAccountId: wallet.available,
      creditAccountId: wallet.held,
      amountMinor: row.unitPriceMinor * row.quantity,
      currency,
      orderLineId: row.id,
    })),
  );
  await requireActive(tx, partnerId);
  return { status: ACCEPTED, body, replayed: false };
}

function refuseDearer({ totalMinor, currency }: PricedOrder, maxTotalMinor: number | undefined): void {
  if (maxTotalMinor === undefined || totalMinor <= maxTotalMinor) return;
  throw new AppError(
    "price_changed",
    `The price is now ${formatMoney(totalMinor, currency)}, above your limit of ${formatMoney(maxTotalMinor, currency)}. Check it and order again.`,
    {
      fields: [{ path: "maxTotalMinor", message: "below the present total" }],
      data: { totalMinor, maxTotalMinor, currency },
    },
  );
}

/** A partner switched off while the request was on its way gets nothing. */
async function requireActive(tx: Transaction, partnerId: string): Promise<void> {
  const [partner] = await tx.select({ active: partners.active }).from(partners).where(eq(partners.id, partnerId)).for("share");
  if (!partner?.active) throw new AppError("forbidden", "This account is switched off. Ask us why.");
}
