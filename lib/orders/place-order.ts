import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { type Ctx, requireMember } from "@/lib/auth";
import { estimate, toFacts } from "@/lib/estimates";
import { violated } from "@/lib/postgres-errors";
import { hashRequest, honourQuote, priceLines, quoteExpired, shelfOf } from "@/lib/quotes";
import { acceptOrder, PricesMoved, urgentRefused } from "./accept-order";
import { acceptanceFacts, acceptanceFactsSchema } from "./acceptance-facts";
import { refuseDearer } from "./refuse-dearer";
import { replay, type StoredAnswer } from "./replay";
import type { PlaceOrderInput } from "./schemas";

/** A rule, cost or rate may change between the reading and the writing; then the order is decided anew. More often in a row is a storm. */
const MAX_TRIES = 3;

/**
 * Accepts an order in two round trips to the database: one for what it is decided on (`acceptanceFacts`, which a caller may have
 * read already), one that writes all. Nothing else is asked. The same key and body get the first answer again.
 */
export async function placeOrder(
  ctx: Ctx,
  input: PlaceOrderInput,
  idempotencyKey: string,
  known?: unknown,
): Promise<StoredAnswer> {
  for (let tries = 1; ; tries++) {
    try {
      return await placeOnce(ctx, input, idempotencyKey, tries === 1 ? known : undefined);
    } catch (cause) {
      if (!(cause instanceof PricesMoved) || tries === MAX_TRIES) throw cause;
    }
  }
}

async function placeOnce(ctx: Ctx, input: PlaceOrderInput, idempotencyKey: string, known: unknown): Promise<StoredAnswer> {
  const { partnerId, userId, role } = requireMember(ctx, "orders.place");
  const facts = known ?? (await loadFacts(partnerId, input, idempotencyKey));
  const { earlier, shelf: shelfRead, quote, urgentAllowed, queue } = acceptanceFactsSchema.parse(facts);
  const requestHash = hashRequest(input);
  if (earlier) return replay(earlier, requestHash);
  const lane = input.lane ?? "normal";
  if (lane === "urgent" && !urgentAllowed) throw urgentRefused();
  const shelf = shelfOf(shelfRead, Date.now());
  const priced = input.quoteId === undefined ? priceLines(shelf, input.lines) : honourQuote(shelf, quote, input.lines);
  refuseDearer(shelf, priced, input);
  const reference = input.reference || null;
  const told = estimate(toFacts(queue));
  const acceptance = { partnerId, userId, role, priced, lane, told, reference, idempotencyKey, requestHash };
  return acceptOrder(db(), acceptance).catch((cause: unknown) => {
    // It expired between the reading and the writing.
    throw quote && violated(cause, "orders_quote") ? quoteExpired(shelf, quote, input.lines, cause) : cause;
  });
}

async function loadFacts(partnerId: string, input: PlaceOrderInput, idempotencyKey: string): Promise<unknown> {
  const { rows } = await db().execute<{ facts: unknown }>(
    sql`select ${acceptanceFacts(input, idempotencyKey, sql`${partnerId}::uuid`)} as facts`,
  );
  return rows[0]?.facts;
}
