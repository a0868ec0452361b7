import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { type Ctx, requireMember, requireStaffActor } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { plainText } from "@/lib/paging.schemas";
import { fetchLogo } from "./fetch-logo";
import { logoVersion } from "./logo-path";
import type { PictureType } from "./picture-type";

export interface Logo {
  type: PictureType;
  bytes: Buffer;
  /** Names this picture for good; see `logoPath`. */
  version: string;
}

const MAX_ID_LENGTH = 40;
const brandIdSchema = plainText(MAX_ID_LENGTH);

/**
 * A brand's logo, for whoever may see the brand: a partner with a list, if something of it is on the list or in an order of the partner's.
 * Only addresses that stand in our brands are ever asked. Throws `not_found`, also where the supplier's address gives no picture.
 */
export async function readLogo(ctx: Ctx, brandId: string): Promise<Logo> {
  let partnerId: string | null = null;
  if (ctx.actor.kind === "member") ({ partnerId } = requireMember(ctx, "catalog.read"));
  else requireStaffActor(ctx, "metrics.read");
  const id = brandIdSchema.safeParse(brandId);
  const logoUrl = id.success ? await logoUrlOf(id.data, partnerId) : null;
  const kept = logoUrl === null ? null : await fetchLogo(logoUrl);
  if (logoUrl === null || !kept) throw notFound("logo");
  return { type: kept.type, bytes: Buffer.from(kept.base64, "base64"), version: logoVersion(logoUrl) };
}

/** `partnerId` is null for staff, who see every brand. */
async function logoUrlOf(brandId: string, partnerId: string | null): Promise<string | null> {
  const { rows } = await db().execute<{ logoUrl: string }>(sql`
    select b.logo_url as "logoUrl" from brands b left join partners r on r.id = ${partnerId}::uuid
    where b.id = ${brandId} and b.logo_url <> '' and (r.listed_only is not true
      or exists (select from partner_allowances a where a.partner_id = r.id and a.scope = 'brand' and a.scope_id = b.id)
      or exists (select from partner_allowances a join brand_categories c on c.category_id::text = a.scope_id
        where a.partner_id = r.id and a.scope = 'category' and c.brand_id = b.id)
      or exists (select from partner_allowances a join products p on p.id::text = a.scope_id
        where a.partner_id = r.id and a.scope = 'product' and p.brand_id = b.id)
      or exists (select from products p join order_lines l on l.product_id = p.id where p.brand_id = b.id and l.partner_id = r.id))`);
  return rows[0]?.logoUrl ?? null;
}
