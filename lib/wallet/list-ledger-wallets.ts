import { asc, sql } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import type { LedgerWalletsPage, ledgerWalletsQuery } from "./ledger.schemas";
import { selectWallets, toWallet, walletKey } from "./partner-wallet";

/** Every partner's wallets, by name, by keyset. */
export async function listLedgerWallets(ctx: Ctx, query: z.infer<typeof ledgerWalletsQuery>): Promise<LedgerWalletsPage> {
  requireStaffActor(ctx, "ledger.read");
  const rows = await selectWallets(db())
    .where(after(query.cursor))
    .orderBy(asc(walletKey.name), asc(walletKey.currency))
    .limit(query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > query.limit && last ? encodeCursor([last.partnerName, last.currency]) : null;
  return { items: items.map(toWallet), nextCursor };
}

/** Two tables, so not one row comparison: the first condition is what walks the index of names. */
function after(cursor: string | undefined) {
  if (!cursor) return undefined;
  const [name, currency] = decodeCursor(cursor, ["text", "text"]);
  return sql`${walletKey.name} >= ${name} and (${walletKey.name} > ${name} or ${walletKey.currency} > ${currency})`;
}
