import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { PricedProduct, RuleSubject } from "@/lib/pricing";

export interface LiveProduct extends PricedProduct, RuleSubject {
  name: string;
  brandName: string;
  /** Neither the supplier nor an admin took it off sale for now. */
  onSale: boolean;
}

/** Several times of what the supplier has; what is beyond is not judged. */
const MAX_PRODUCTS = 50_000;

/** All that the supplier still lists, in one query. */
export async function loadLiveProducts(): Promise<LiveProduct[]> {
  const { rows } = await db().execute<Row>(sql`
    select p.id, p.name, p.brand_id, b.name as brand_name, p.face_currency, p.face_min_minor, p.face_max_minor, p.cost_min::text, p.cost_max::text,
      p.cost_currency, p.inactive_at is null and b.switched_off_at is null as on_sale, coalesce(c.ids, '{}') as category_ids
    from products p join brands b on b.id = p.brand_id
      left join (select brand_id, array_agg(category_id) as ids from brand_categories group by brand_id) c on c.brand_id = b.id
    where p.withdrawn_at is null order by p.id limit ${MAX_PRODUCTS}`);
  return rows.map((row) => ({
    productId: Number(row.id),
    name: row.name,
    brandId: row.brand_id,
    brandName: row.brand_name,
    faceCurrency: row.face_currency,
    faceMinMinor: Number(row.face_min_minor),
    faceMaxMinor: Number(row.face_max_minor),
    costMin: row.cost_min,
    costMax: row.cost_max,
    costCurrency: row.cost_currency,
    onSale: row.on_sale,
    categoryIds: row.category_ids,
  }));
}

type Row = {
  id: string;
  name: string;
  brand_id: string;
  brand_name: string;
  face_currency: string;
  face_min_minor: string;
  face_max_minor: string;
  cost_min: string;
  cost_max: string;
  cost_currency: string;
  on_sale: boolean;
  category_ids: number[];
};
