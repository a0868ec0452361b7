import { idempotencyKeyOf } from "@/lib/http/idempotency-key";
import { parseInput, queryOf } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import { listAdjustments, requestAdjustment } from "@/lib/wallet";
import { adjustmentSchema, adjustmentsPage, adjustmentsQuery, requestAdjustmentInput } from "@/lib/wallet/ledger.schemas";

/** GET /api/admin/ledger/adjustments: newest first. */
export const GET = route({ limit: "read" }, async ({ ctx, request }) =>
  answer(adjustmentsPage, await listAdjustments(ctx, parseInput(adjustmentsQuery, queryOf(request.url)))),
);

/** POST /api/admin/ledger/adjustments: a small one is posted at once, a large one waits for a second admin. */
export const POST = route({ limit: "order" }, async ({ ctx, request }) => {
  const input = parseInput(requestAdjustmentInput, await readJson(request));
  const { adjustment, replayed } = await requestAdjustment(ctx, input, idempotencyKeyOf(request.headers));
  const init = replayed ? { status: 200, headers: { "idempotent-replayed": "true" } } : { status: 201 };
  return answer(adjustmentSchema, adjustment, init);
});
