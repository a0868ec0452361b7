import { sql } from "drizzle-orm";
import type { z } from "zod";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { containing } from "@/lib/like";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import { selectStaffBrands } from "./brand-rows";
import type { brandsQuery, StaffBrandsPage } from "./schemas";

/** The brands of the catalogue with what waits of each; those switched off first, then by name, by keyset. */
export async function listStaffBrands(ctx: Ctx, query: z.infer<typeof brandsQuery>): Promise<StaffBrandsPage> {
  requireStaffActor(ctx, "metrics.read");
  const { search, off, cursor, limit } = query;
  const found = await selectStaffBrands(sql`
    where ${search ? sql`b.name ilike ${containing(search)}` : sql`true`}
      and ${off === undefined ? sql`true` : sql`(b.switched_off_at is not null) = ${off}`}
      and ${after(cursor)}
    order by b.switched_off_at is null, b.name, b.id limit ${limit + 1}`);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = found.length > limit && last;
  return { items, nextCursor: more ? encodeCursor([String(last.switchedOff === null), last.name, last.id]) : null };
}

function after(cursor: string | undefined) {
  if (!cursor) return sql`true`;
  const [on = "false", name = "", id = ""] = decodeCursor(cursor, ["boolean", "text", "text"]);
  return sql`(b.switched_off_at is null, b.name, b.id) > (${on}::boolean, ${name}, ${id})`;
}
