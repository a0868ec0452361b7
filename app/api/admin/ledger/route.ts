import { answer, route } from "@/lib/http/route";
import { readLedger } from "@/lib/wallet";
import { ledgerSchema } from "@/lib/wallet/ledger.schemas";

/** GET /api/admin/ledger: do the books add up, and since when do we know. */
export const GET = route({ limit: "read" }, async ({ ctx }) => answer(ledgerSchema, await readLedger(ctx)));
