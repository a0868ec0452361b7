import { z } from "zod";
import { isoTime } from "../money.schemas";
import { pageOf, pageQuery, plainText, searchText } from "../paging.schemas";
import { MAX_ALLOWANCES } from "../pricing/schemas";

const MAX_REASON = 200;

/** GET /api/admin/catalog/brands: by name, those switched off first. */
export const brandsQuery = pageQuery.extend({ search: searchText.optional(), off: z.stringbool().optional() });
export const staffBrandSchema = z.object({
  id: z.string(),
  name: z.string(),
  logoUrl: z.string().nullable(),
  countryCode: z.string().nullable(),
  products: z.number().int(),
  /** Order lines of its products that wait and were never sent to the supplier. */
  waitingLines: z.number().int(),
  switchedOff: z.object({ at: isoTime, by: z.string(), because: z.string() }).nullable(),
});
export type StaffBrand = z.infer<typeof staffBrandSchema>;
export const staffBrandsPage = pageOf(staffBrandSchema);
export type StaffBrandsPage = z.infer<typeof staffBrandsPage>;

/** PUT /api/admin/catalog/brands/{id}/switch. Off needs a reason; what waits is given back, each line by itself. */
export const brandSwitchInput = z.discriminatedUnion("on", [
  z.strictObject({ on: z.literal(true) }),
  z.strictObject({ on: z.literal(false), because: plainText(MAX_REASON).min(1, "Say why; the next admin will ask.") }),
]);
export type BrandSwitchInput = z.infer<typeof brandSwitchInput>;
export const brandSwitchedSchema = z.object({ brand: staffBrandSchema, returnedLines: z.number().int() });

/** GET and PUT /api/admin/partners/{id}/allowances: what a partner may see and order. */
export const allowancesInput = z.strictObject({
  listedOnly: z.boolean(),
  items: z
    .array(z.strictObject({ scope: z.enum(["product", "brand", "category"]), scopeId: z.string().min(1).max(40) }))
    .max(MAX_ALLOWANCES, `At most ${MAX_ALLOWANCES}; allow categories instead.`),
});
export type AllowancesInput = z.infer<typeof allowancesInput>;
export const allowancesSchema = z.object({
  partnerId: z.string(),
  listedOnly: z.boolean(),
  items: z.array(
    z.object({
      scope: z.enum(["product", "brand", "category"]),
      scopeId: z.string(),
      /** Null for what is not in the catalogue any more. */
      name: z.string().nullable(),
    }),
  ),
});
export type Allowances = z.infer<typeof allowancesSchema>;
