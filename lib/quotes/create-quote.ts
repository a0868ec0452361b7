import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/drizzle/client";
import type { QuotedLine } from "@/drizzle/schema";
import { CALLERS_PARTNER, type Ctx, requireMember } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { derivedId } from "@/lib/ids";
import type { PricedLine } from "./check-lines";
import { type PricedOrder, priceLines } from "./price-lines";
import { hashRequest } from "./request-hash";
import type { Quote, QuoteInput } from "./schemas";
import { shelfFacts, shelfFactsSchema, shelfOf } from "./shelf";
import { type StoredQuote, storedQuote, storedQuoteSchema, toQuote } from "./stored-quote";

/** Long enough to ask somebody, short against the hour in which the supplier's prices and rates move. */
const QUOTE_MINUTES = 10;

/**
 * Holds prices and rate for one order, in two round trips: one reads what they follow from (`quotingFacts`, which a caller may have read
 * already), one writes. The same key and body get the same quote again, expired or not, for as long as it is kept.
 */
export async function createQuote(
  ctx: Ctx,
  input: QuoteInput,
  idempotencyKey: string,
  known?: unknown,
): Promise<{ quote: Quote; replayed: boolean }> {
  const { partnerId, userId } = requireMember(ctx, "orders.place");
  const facts = known ?? (await readJson(quotingFacts(input, idempotencyKey, sql`${partnerId}::uuid`)));
  const { earlier, shelf } = quotingFactsSchema.parse(facts);
  const requestHash = hashRequest(input);
  if (earlier) return replayed(earlier, requestHash);
  const priced = priceLines(shelfOf(shelf, Date.now()), input.lines);
  const made = await write(partnerId, userId, priced, idempotencyKey, requestHash);
  if (made) return { quote: toQuote(made), replayed: false };
  // Another request with this key was faster.
  const first = await readJson(earlierQuote(sql`${partnerId}::uuid`, idempotencyKey));
  return replayed(storedQuoteSchema.parse(first), requestHash);
}

/** What a quote follows from, as one JSON value, for the partner of the caller whose session is looked up in the same query by default. */
export function quotingFacts({ lines }: QuoteInput, idempotencyKey: string, partnerId: SQL = CALLERS_PARTNER): SQL {
  const productIds = lines.map(({ productId }) => productId);
  return sql`jsonb_build_object('earlier', ${earlierQuote(partnerId, idempotencyKey)}, 'shelf', ${shelfFacts(partnerId, productIds)})`;
}
const quotingFactsSchema = z.object({ earlier: storedQuoteSchema.nullable(), shelf: shelfFactsSchema });

function earlierQuote(partnerId: SQL, idempotencyKey: string): SQL {
  return sql`(select ${storedQuote} from quotes q where q.partner_id = ${partnerId} and q.idempotency_key = ${idempotencyKey})`;
}

async function write(
  partnerId: string,
  userId: string,
  { lines, currency, totalMinor, rateSnapshotId }: PricedOrder,
  idempotencyKey: string,
  requestHash: string,
): Promise<StoredQuote | null> {
  const { rows } = await db().execute<{ made: unknown }>(sql`with q as (
      insert into quotes (id, partner_id, idempotency_key, request_hash, currency, total_minor, rate_snapshot_id, lines, created_by, expires_at)
      values (${derivedId("quote", partnerId, idempotencyKey)}, ${partnerId}, ${idempotencyKey}, decode(${requestHash}, 'hex'), ${currency},
        ${totalMinor}, ${rateSnapshotId}, ${JSON.stringify(lines.map(toQuoted))}::jsonb, ${userId}, now() + make_interval(mins => ${QUOTE_MINUTES}))
      on conflict do nothing returning *)
    select ${storedQuote} as made from q`);
  return rows[0] ? storedQuoteSchema.parse(rows[0].made) : null;
}

function toQuoted({ product, faceMinor, quantity, unitPriceMinor, explanation }: PricedLine): QuotedLine {
  const { productId, name, faceCurrency } = product;
  return { productId, productName: name, faceMinor, faceCurrency, quantity, unitPriceMinor, explanation };
}

async function readJson(value: SQL): Promise<unknown> {
  const { rows } = await db().execute<{ value: unknown }>(sql`select ${value} as value`);
  return rows[0]?.value;
}

function replayed(earlier: StoredQuote, requestHash: string): { quote: Quote; replayed: boolean } {
  if (earlier.requestHash === requestHash) return { quote: toQuote(earlier), replayed: true };
  throw new AppError(
    "idempotency_key_reused",
    "This Idempotency-Key was used for another quote. Make a new key for each new quote.",
    { fields: [{ path: "Idempotency-Key", message: "used before with another body" }] },
  );
}
