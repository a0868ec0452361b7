import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { CALLERS_PARTNER, type Ctx, requireMember } from "@/lib/auth";
import { RATES_STALE_MS } from "@/lib/pricing";
import { nextRefreshAt } from "./next-refresh";
import { catalogStanding, catalogStandingSchema, isCatalogStale } from "./orderable";

/**
 * Under which versions the catalogue and the caller's prices stand, and the words that were searched for, as one JSON value: small enough
 * to be read with the caller in every request, and all that is needed to know whether an answer has changed.
 */
export function catalogMoment(search = "", partnerId: SQL = CALLERS_PARTNER): SQL {
  return sql`jsonb_build_object(
    'standing', ${catalogStanding()},
    'partner', (select jsonb_build_object('settingsVersion', r.settings_version, 'listedOnly', r.listed_only) from partners r where r.id = ${partnerId}),
    'rates', (select jsonb_build_object('id', s.id, 'lastSeenAt', to_char(s.last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from rate_snapshots s where s.status = 'used' order by s.created_at desc limit 1),
    'words', search_words(${search}::text))`;
}

const momentSchema = z.object({
  standing: catalogStandingSchema,
  partner: z.object({ settingsVersion: z.number().int(), listedOnly: z.boolean() }),
  rates: z.object({ id: z.string(), lastSeenAt: z.iso.datetime() }).nullable(),
  words: z.array(z.string()),
});

/** A member who may read the catalogue, at one moment; every reading verb takes one. */
export interface CatalogReader {
  partnerId: string;
  nowMs: number;
  catalogStale: boolean;
  /** Sees what is on its list only. */
  listedOnly: boolean;
  /** What was searched for, as stored texts are compared. */
  words: readonly string[];
  /** Names of the versions that cached values follow from. */
  versions: { catalog: string; settings: string; rates: string };
  freshness: { asOf: string | null; nextRefreshAt: string };
  /** Names an answer to `asked`: another one means another answer. */
  tag(asked: unknown): string;
}

/** Another form of answers, under the same versions of the data. */
const ANSWER_FORM = 1;

/** `moment` is the value of `catalogMoment`, read no earlier than with the caller. Throws `forbidden` to whoever may not read the catalogue. */
export function catalogReader(ctx: Ctx, moment: unknown, nowMs = Date.now()): CatalogReader {
  const { partnerId } = requireMember(ctx, "catalog.read");
  const { standing, partner, rates, words } = momentSchema.parse(moment);
  const versions = {
    catalog: String(standing.version),
    settings: `${partnerId}:${partner.settingsVersion}`,
    rates: rates ? `${rates.id}:${rates.lastSeenAt}` : "none",
  };
  const catalogStale = isCatalogStale(standing, nowMs);
  const ratesStale = rates !== null && nowMs - Date.parse(rates.lastSeenAt) > RATES_STALE_MS;
  const freshness = { asOf: standing.completedAt, nextRefreshAt: nextRefreshAt(nowMs, standing.allowedAt) };
  const stands = [ANSWER_FORM, versions.catalog, versions.settings, rates?.id, ratesStale, catalogStale, freshness];
  return {
    partnerId,
    nowMs,
    catalogStale,
    listedOnly: partner.listedOnly,
    words,
    versions,
    freshness,
    tag: (asked) =>
      createHash("sha256")
        .update(JSON.stringify([stands, asked]))
        .digest("base64url"),
  };
}
