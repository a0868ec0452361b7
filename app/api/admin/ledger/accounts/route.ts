import { parseInput, queryOf } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";
import { listLedgerWallets } from "@/lib/wallet";
import { ledgerWalletsPage, ledgerWalletsQuery } from "@/lib/wallet/ledger.schemas";

/** GET /api/admin/ledger/accounts: every partner's wallets, by name. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(ledgerWalletsPage, await listLedgerWallets(ctx, parseInput(ledgerWalletsQuery, queryOf(request.url)))),
);
