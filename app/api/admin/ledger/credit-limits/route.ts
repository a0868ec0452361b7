import { parseInput } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import { setCreditLimit } from "@/lib/wallet";
import { ledgerWalletSchema, setCreditLimitInput } from "@/lib/wallet/ledger.schemas";

/** PUT /api/admin/ledger/credit-limits: how far below zero a wallet may go. */
export const PUT = route({ limit: "order" }, async ({ ctx, request }) =>
  answer(ledgerWalletSchema, await setCreditLimit(ctx, parseInput(setCreditLimitInput, await readJson(request)))),
);
