import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { explanationSchema, type Quote } from "./schemas";

const isoText = (column: SQL) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A row of `quotes`, named q in the query around it, as one JSON value. Whether it expired is the database's own clock's to say. */
export const storedQuote: SQL = sql`jsonb_build_object('id', q.id, 'requestHash', encode(q.request_hash, 'hex'), 'currency', q.currency,
  'totalMinor', q.total_minor, 'rateSnapshotId', q.rate_snapshot_id, 'lines', q.lines, 'createdAt', ${isoText(sql`q.created_at`)},
  'expiresAt', ${isoText(sql`q.expires_at`)}, 'expired', q.expires_at <= now(),
  'used', exists (select from orders used where used.quote_id = q.id))`;

export const storedQuoteSchema = z.object({
  id: z.string(),
  requestHash: z.string(),
  currency: z.string(),
  totalMinor: z.number().int(),
  rateSnapshotId: z.string().nullable(),
  lines: z.array(
    z.object({
      productId: z.number().int(),
      productName: z.string(),
      faceMinor: z.number().int(),
      faceCurrency: z.string(),
      quantity: z.number().int(),
      unitPriceMinor: z.number().int(),
      explanation: explanationSchema,
    }),
  ),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  expired: z.boolean(),
  used: z.boolean(),
});
export type StoredQuote = z.infer<typeof storedQuoteSchema>;

/** The partner's own quote as one JSON value; null where there is none, or another partner's. */
export function quoteFacts(partnerId: SQL, quoteId: string | undefined): SQL {
  if (quoteId === undefined) return sql`null::jsonb`;
  return sql`(select ${storedQuote} from quotes q where q.id = ${quoteId}::uuid and q.partner_id = ${partnerId})`;
}

/** As the API shows it: the same at every look. */
export function toQuote({ id, currency, totalMinor, lines, createdAt, expiresAt }: StoredQuote): Quote {
  const money = (amountMinor: number) => ({ amountMinor, currency });
  return {
    id,
    lines: lines.map(({ productId, productName, faceMinor, faceCurrency, quantity, unitPriceMinor, explanation }) => ({
      productId,
      productName,
      face: { amountMinor: faceMinor, currency: faceCurrency },
      quantity,
      unitPrice: money(unitPriceMinor),
      total: money(unitPriceMinor * quantity),
      explanation,
    })),
    total: money(totalMinor),
    createdAt,
    expiresAt,
  };
}
