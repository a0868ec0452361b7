import { parseInput, queryOf } from "@/lib/http/parse";
import { answer, route } from "@/lib/http/route";
import { listTransfers } from "@/lib/wallet";
import { transfersPage, transfersQuery } from "@/lib/wallet/ledger.schemas";

/** GET /api/admin/ledger/transfers: every movement, newest first. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(transfersPage, await listTransfers(ctx, parseInput(transfersQuery, queryOf(request.url)))),
);
