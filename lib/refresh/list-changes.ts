import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import type { Change, ChangesPage, changesQuery } from "./schemas";

type Query = z.infer<typeof changesQuery>;

interface Row extends Record<string, unknown> {
  id: number;
  kind: Change["kind"];
  created_at: Date | string;
  product_id: number;
  product: string;
  brand: string;
  refresh_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** What changed in products, newest first, by keyset; of one kind, product or refresh, or of several of these. For staff. */
export async function listChanges(ctx: Ctx, query: Query): Promise<ChangesPage> {
  requireStaffActor(ctx, "metrics.read");
  const { rows } = await db().execute<Row>(pageOfChanges(query));
  const items = rows.slice(0, query.limit).map(toChange);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null };
}

/** The page is cut before names are joined to it. */
function pageOfChanges({ kind, product, refresh, cursor, limit }: Query): SQL {
  const filters = [
    kind ? sql`kind = ${kind}` : null,
    product ? sql`product_id = ${product}` : null,
    refresh ? sql`refresh_id = ${refresh}` : null,
    cursor ? sql`id < ${decodeCursor(cursor, ["integer"])[0]}::bigint` : null,
  ].filter((filter) => filter !== null);
  const where = filters.length > 0 ? sql`where ${sql.join(filters, sql` and `)}` : sql``;
  return sql`
    select c.*, p.name as product, b.name as brand
    from (select * from catalog_changes ${where} order by id desc limit ${limit + 1}) c
    join products p on p.id = c.product_id join brands b on b.id = p.brand_id
    order by c.id desc`;
}

function toChange(row: Row): Change {
  const [before, after] = [row.before ?? {}, row.after ?? {}];
  return {
    id: String(row.id),
    kind: row.kind,
    at: new Date(row.created_at).toISOString(),
    product: { id: row.product_id, name: row.product, brandName: row.brand },
    refreshId: row.refresh_id,
    fields: [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .map((name) => ({ name, before: textOf(before[name]), after: textOf(after[name]) })),
  };
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
