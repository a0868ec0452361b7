import { z } from "zod";
import { searchText } from "../paging.schemas";

const MAX_SHOWN = 50;

/** GET /api/admin/catalog/scopes: what a price rule or an allowance may be about, by a part of its name; a few, by name. */
export const scopesQuery = z.object({
  scope: z.enum(["product", "category"]),
  search: searchText.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_SHOWN).default(MAX_SHOWN),
});
export const scopesSchema = z.object({
  items: z.array(
    z.object({
      scopeId: z.string(),
      name: z.string(),
      /** What tells two of the same name apart: a product's brand. */
      note: z.string().nullable(),
    }),
  ),
});
export type ScopeChoice = z.infer<typeof scopesSchema>["items"][number];
