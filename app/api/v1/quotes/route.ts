import { idempotencyKeyOf } from "@/lib/http/idempotency-key";
import { parseInput } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import { createQuote, quotingFacts } from "@/lib/quotes";
import { quoteInput, quoteSchema } from "@/lib/quotes/schemas";

/** POST /api/v1/quotes: holds prices and rate for one order; the same Idempotency-Key and body get the same quote again. */
export const POST = route(
  {
    limit: "order",
    prepare: async (request) => ({
      input: parseInput(quoteInput, await readJson(request)),
      key: idempotencyKeyOf(request.headers),
    }),
    beside: ({ input, key }) => quotingFacts(input, key),
  },
  async ({ ctx, prepared: { input, key }, beside }) => {
    const { quote, replayed } = await createQuote(ctx, input, key, beside);
    return answer(quoteSchema, quote, { status: 201, headers: replayed ? { "idempotent-replayed": "true" } : {} });
  },
);
