import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { containing } from "@/lib/like";
import { type scopesQuery, scopesSchema } from "./scope.schemas";

/** Categories, or products that the supplier lists, by a part of the name (a product also by its id or its brand's name). */
export async function listScopes(ctx: Ctx, query: z.infer<typeof scopesQuery>): Promise<z.infer<typeof scopesSchema>> {
  requireStaffActor(ctx, "metrics.read");
  const { rows } = await db().execute(query.scope === "category" ? categoriesLike(query) : productsLike(query));
  return scopesSchema.parse({ items: rows });
}

function categoriesLike({ search, limit }: z.infer<typeof scopesQuery>): SQL {
  const named = search ? sql`c.name ilike ${containing(search)}` : sql`true`;
  return sql`select c.id::text as "scopeId", c.name, null as note from categories c where ${named} order by c.name, c.id limit ${limit}`;
}

function productsLike({ search, limit }: z.infer<typeof scopesQuery>): SQL {
  const found = search
    ? sql`(p.name ilike ${containing(search)} or b.name ilike ${containing(search)} or p.id::text = ${search})`
    : sql`true`;
  return sql`
    select p.id::text as "scopeId", p.name, b.name as note from products p join brands b on b.id = p.brand_id
    where p.withdrawn_at is null and ${found} order by p.name, p.id limit ${limit}`;
}
