import { and, eq, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { ledgerAccounts, partners, transfers } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { AppError, invariant } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import { ownAccounts } from "./accounts";
import type { RecordTopUpInput, TopUpRecorded } from "./ledger.schemas";
import { partnerWallet, readWallet } from "./partner-wallet";
import { recordAudit } from "./record-audit";

/**
 * Books a payment that reached our bank. Its reference names it: sent again it is answered from the books, and a reference that was
 * booked as another payment is refused with `conflict`.
 */
export async function recordTopUp(ctx: Ctx, input: RecordTopUpInput): Promise<TopUpRecorded> {
  const { userId } = requireStaffActor(ctx, "ledger.adjust");
  const { partnerId, currency, amountMinor, reference } = input;
  return db().transaction(async (tx) => {
    const wallet = await partnerWallet(tx, input);
    const ours = await ownAccounts(tx, ["funding"], currency);
    const [booked] = await tx
      .insert(transfers)
      .values({
        id: newId(),
        kind: "top_up",
        debitAccountId: ours.funding,
        creditAccountId: wallet.available,
        amountMinor,
        currency,
        reference,
      })
      .onConflictDoNothing({ target: transfers.reference, where: sql`reference is not null` })
      .returning({ id: transfers.id, createdAt: transfers.createdAt });
    if (booked) {
      await recordAudit(tx, {
        userId,
        requestId: ctx.requestId,
        partnerId,
        action: "wallet.topped_up",
        subject: `transfer:${booked.id}`,
        detail: { amountMinor, currency, reference },
      });
    }
    const { id, createdAt } = booked ?? (await samePayment(tx, input, wallet.available));
    return {
      transferId: id,
      reference,
      amount: { amountMinor, currency },
      bookedAt: createdAt.toISOString(),
      alreadyBooked: !booked,
      wallet: await readWallet(tx, partnerId, currency),
    };
  });
}

async function samePayment(tx: Transaction, { reference, amountMinor }: RecordTopUpInput, availableAccountId: number) {
  const [found] = await tx
    .select({ transfer: transfers, partner: partners.name })
    .from(transfers)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, transfers.creditAccountId))
    .innerJoin(partners, eq(partners.id, ledgerAccounts.partnerId))
    .where(and(eq(transfers.reference, reference), eq(transfers.kind, "top_up")));
  invariant(found, `the reference ${reference} stood in the way of itself`);
  const { transfer, partner } = found;
  if (transfer.creditAccountId === availableAccountId && transfer.amountMinor === amountMinor) return transfer;
  const told = `${formatMoney(transfer.amountMinor, transfer.currency)} for ${partner} on ${transfer.createdAt.toISOString().slice(0, 10)}`;
  throw new AppError("conflict", `The reference ${reference} is in the books as ${told}. Check the bank's statement.`, {
    fields: [{ path: "reference", message: "booked before as another payment" }],
    data: { transferId: transfer.id },
  });
}
