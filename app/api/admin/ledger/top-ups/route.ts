import { parseInput } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import { recordTopUp } from "@/lib/wallet";
import { recordTopUpInput, topUpRecordedSchema } from "@/lib/wallet/ledger.schemas";

/** POST /api/admin/ledger/top-ups: books a payment under its bank reference, once. */
export const POST = route({ limit: "order" }, async ({ ctx, request }) => {
  const recorded = await recordTopUp(ctx, parseInput(recordTopUpInput, await readJson(request)));
  const init = recorded.alreadyBooked ? { status: 200, headers: { "idempotent-replayed": "true" } } : { status: 201 };
  return answer(topUpRecordedSchema, recorded, init);
});
