import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import { SUPPLIER_ENDPOINTS, type SupplierCall, type SupplierCallsPage, type supplierCallsQuery } from "./schemas";

type Query = z.infer<typeof supplierCallsQuery>;

/** Calls to the supplier, newest first, by keyset; of one endpoint, of one outcome, or both. No bodies: none are kept. */
export async function listCalls(ctx: Ctx, query: Query): Promise<SupplierCallsPage> {
  requireStaffActor(ctx, "metrics.read");
  const { rows } = await db().execute<CallRow>(pageOfCalls(query));
  const items = rows.slice(0, query.limit).map(toCall);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? encodeCursor([String(last.id)]) : null };
}

interface CallRow extends Record<string, unknown> {
  id: number;
  created_at: Date | string;
  endpoint: string;
  outcome: string;
  http_status: number | null;
  duration_ms: number;
  dispatch_id: string | null;
  products: number;
}

/** Whatever is asked, an index is walked from its end and left when the page is full, among millions of calls too. */
function pageOfCalls({ endpoint, outcome, cursor, limit }: Query): SQL {
  const before = cursor ? sql`and id < ${decodeCursor(cursor, ["integer"])[0]}::bigint` : sql``;
  const walk = (where: SQL) => sql`
    select id, created_at, endpoint, outcome, http_status, duration_ms, dispatch_id, coalesce(cardinality(product_ids), 0) as products
    from supplier_calls where ${where} ${before} order by id desc limit ${limit + 1}`;
  if (!outcome) return walk(endpoint ? sql`endpoint = ${endpoint}` : sql`true`);
  if (endpoint) return walk(sql`endpoint = ${endpoint} and outcome = ${outcome}`);
  const each = SUPPLIER_ENDPOINTS.map((known) => sql`(${walk(sql`endpoint = ${known} and outcome = ${outcome}`)})`);
  return sql`select * from (${sql.join(each, sql` union all `)}) calls order by id desc limit ${limit + 1}`;
}

const toCall = (row: CallRow): SupplierCall => ({
  id: row.id,
  at: new Date(row.created_at).toISOString(),
  endpoint: row.endpoint,
  outcome: row.outcome,
  httpStatus: row.http_status,
  durationMs: row.duration_ms,
  dispatchId: row.dispatch_id,
  products: row.products,
});
