import { z } from "zod";
import { CHANGE_KINDS } from "../change-kinds";
import { isoTime } from "../money.schemas";
import { pageOf, pageQuery } from "../paging.schemas";

export const REFRESH_TRIGGERS = ["schedule", "webhook", "admin", "start"] as const;

export const refreshCountsSchema = z.object({
  brands: z.number().int(),
  products: z.number().int(),
  added: z.number().int(),
  /** Products with any change, each once; `repriced` and `restocked` are among them. */
  changed: z.number().int(),
  repriced: z.number().int(),
  restocked: z.number().int(),
  withdrawn: z.number().int(),
  returned: z.number().int(),
});

export const refreshSchema = z.object({
  id: z.string(),
  trigger: z.enum(REFRESH_TRIGGERS),
  status: z.enum(["running", "completed", "failed"]),
  source: z.enum(["v1", "v2"]),
  startedAt: isoTime,
  /** Null while it runs. */
  tookMs: z.number().nullable(),
  pagesDone: z.number().int(),
  /** Null until the supplier said how many there are. */
  pages: z.number().int().nullable(),
  /** So far, while it runs; null for one that ended before any page. */
  counts: refreshCountsSchema.nullable(),
  /** Why it failed, for a person. */
  error: z.string().nullable(),
});
export type Refresh = z.infer<typeof refreshSchema>;

/** GET /api/admin/catalog/refreshes: the latest reads of the whole catalogue, newest first. */
export const refreshesSchema = z.object({
  limitPerHour: z.number().int(),
  startedLastHour: z.number().int(),
  /** Null: one may begin now. */
  nextAllowedAt: isoTime.nullable(),
  /** When the schedule reads it next. */
  nextScheduledAt: isoTime,
  running: z.boolean(),
  /** When the last complete read began; null before the first. */
  completedAt: isoTime.nullable(),
  items: z.array(refreshSchema),
});
export type Refreshes = z.infer<typeof refreshesSchema>;

/**
 * POST /api/admin/catalog/refreshes. `acceptShrink`: the supplier has truly taken away more than half, so a read that looks truncated is
 * believed, and withdraws at once.
 */
export const refreshWishSchema = z.object({ acceptShrink: z.boolean().default(false) });

/** 202 of POST /api/admin/catalog/refreshes. One that may not begin yet is a 409 `conflict` with `data.nextAllowedAt`. */
export const refreshAskedSchema = z.object({ asked: z.literal(true) });

export { CHANGE_KINDS };

/** GET /api/admin/catalog/changes: what changed in products, newest first. */
export const changesQuery = pageQuery.extend({
  kind: z.enum(CHANGE_KINDS).optional(),
  product: z.coerce.number().int().positive().optional(),
  refresh: z.guid().optional(),
});
export const changeSchema = z.object({
  id: z.string(),
  kind: z.enum(CHANGE_KINDS),
  at: isoTime,
  product: z.object({ id: z.number().int(), name: z.string(), brandName: z.string() }),
  /** Null: read by itself, for a webhook or after a refusal. */
  refreshId: z.string().nullable(),
  /** What differs, by name, as text: `costMin`, `stock`, `name`. Empty for what came or went as a whole. */
  fields: z.array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});
export type Change = z.infer<typeof changeSchema>;
export const changesPage = pageOf(changeSchema);
export type ChangesPage = z.infer<typeof changesPage>;

export const rateSnapshotSchema = z.object({
  id: z.string(),
  base: z.string(),
  status: z.enum(["used", "refused"]),
  refusedBecause: z.string().nullable(),
  turnedOver: z.boolean(),
  createdAt: isoTime,
  lastSeenAt: isoTime,
  acceptedBy: z.string().nullable(),
  currencies: z.number().int(),
});

/** GET /api/admin/catalog/rates: the rates in use, and the latest lists, newest first. */
export const ratesSchema = z.object({
  current: rateSnapshotSchema
    .extend({
      /** Units of the currency for one of `base`, with the move since the list before it in basis points; null: it was not in it. */
      rates: z.array(z.object({ currency: z.string(), perBase: z.string(), moveBasisPoints: z.number().int().nullable() })),
      /** Too old to price by. */
      stale: z.boolean(),
    })
    .nullable(),
  history: z.array(rateSnapshotSchema),
});
export type RatesView = z.infer<typeof ratesSchema>;
