import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/drizzle/client";
import { notFound } from "@/lib/errors";
import { logoPath } from "@/lib/logos";
import type { StaffBrand } from "./schemas";

/** Beyond it nobody counts along; a queue this long is looked at elsewhere. */
const MAX_WAITING_COUNTED = 10_000;

/** Brands as staff see them; `page` says which, in what order and how many, over `b` (the table brands). */
export async function selectStaffBrands(page: ReturnType<typeof sql>): Promise<StaffBrand[]> {
  const { rows } = await db().execute(sql`
    select b.id, b.name, b.logo_url as "logoUrl", b.country_code as "countryCode", b.switched_off_at as "at", u.name as "by",
      b.switched_off_because as "because",
      (select count(*)::int from products p where p.brand_id = b.id and p.withdrawn_at is null) as "products",
      (select count(*)::int from (
        select from products p join order_lines l on l.product_id = p.id and l.status = 'queued' and l.held_for is null
        where p.brand_id = b.id limit ${MAX_WAITING_COUNTED}) waiting) as "waitingLines"
    from (select * from brands b ${page}) b left join users u on u.id = b.switched_off_by
    order by b.switched_off_at is null, b.name, b.id`);
  return z.array(rowSchema).parse(rows).map(toStaffBrand);
}

/** Throws `not_found`. */
export async function readStaffBrand(brandId: string): Promise<StaffBrand> {
  const [brand] = await selectStaffBrands(sql`where b.id = ${brandId}`);
  if (!brand) throw notFound("brand");
  return brand;
}

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  logoUrl: z.string().nullable(),
  countryCode: z.string().nullable(),
  at: z.coerce.date().nullable(),
  by: z.string().nullable(),
  because: z.string().nullable(),
  products: z.number(),
  waitingLines: z.number(),
});

function toStaffBrand({ at, by, because, ...row }: z.infer<typeof rowSchema>): StaffBrand {
  const off = at !== null && by !== null && because !== null;
  return { ...row, logoUrl: logoPath(row), switchedOff: off ? { at: at.toISOString(), by, because } : null };
}
