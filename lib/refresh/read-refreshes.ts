import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { RefreshCounts } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { nextRefreshAt, REFRESHES_PER_HOUR } from "@/lib/catalog";
import { isBeingRead } from "./abandoned";
import type { RefreshTrigger } from "./begin-refresh";
import type { Refresh, Refreshes } from "./schemas";

const SHOWN = 20;
const HOUR_MS = 3_600_000;

type Time = Date | string;
interface Row extends Record<string, unknown> {
  id: string;
  trigger: RefreshTrigger;
  status: Refresh["status"];
  source: Refresh["source"];
  started_at: Time;
  finished_at: Time | null;
  pages: number | null;
  counts: RefreshCounts | null;
  error: string | null;
  done: number;
  so_far: RefreshCounts | null;
}

/** The latest reads of the whole catalogue, newest first, with the progress of one that runs, and when another may begin. For staff. */
export async function readRefreshes(ctx: Ctx): Promise<Refreshes> {
  requireStaffActor(ctx, "metrics.read");
  const [{ rows }, standing] = await Promise.all([db().execute<Row>(latest()), readStanding()]);
  return {
    limitPerHour: REFRESHES_PER_HOUR,
    startedLastHour: standing.startedLastHour,
    nextAllowedAt: standing.nextAllowedAt,
    nextScheduledAt: nextRefreshAt(standing.nowMs, standing.nextAllowedAt),
    running: standing.running,
    completedAt: standing.completedAt,
    items: rows.map(toRefresh),
  };
}

export interface Standing {
  nowMs: number;
  startedLastHour: number;
  /** Null: the hour has room for another. */
  nextAllowedAt: string | null;
  running: boolean;
  completedAt: string | null;
}

/** On the database's clock, as the gate in `beginRefresh` counts. */
export async function readStanding(): Promise<Standing> {
  const { rows } = await db().execute<{ now: Time; started: Time[] | null; running: boolean; completed_at: Time | null }>(sql`
    select now(), (select completed_at from catalog_state) as completed_at,
      exists (select from catalog_refreshes where ${isBeingRead()}) as running,
      (select jsonb_agg(started_at order by started_at desc) from catalog_refreshes where started_at > now() - interval '1 hour') as started`);
  const row = rows[0];
  const started = (row?.started ?? []).map((time) => new Date(time).getTime());
  const blocking = started[REFRESHES_PER_HOUR - 1];
  return {
    nowMs: new Date(row?.now ?? 0).getTime(),
    startedLastHour: started.length,
    nextAllowedAt: blocking === undefined ? null : new Date(blocking + HOUR_MS).toISOString(),
    running: row?.running ?? false,
    completedAt: isoOf(row?.completed_at ?? null),
  };
}

const latest = () => sql`
  select r.id, r.trigger, r.status, r.source, r.started_at, r.finished_at, r.pages, r.counts, r.error, p.done,
    (select jsonb_object_agg(name, total) from (
      select c.key as name, sum(c.value::text::int) as total from catalog_refresh_pages done, jsonb_each(done.counts) c
      where done.refresh_id = r.id and r.status = 'running' group by c.key) sums) as so_far
  from (select * from catalog_refreshes order by started_at desc limit ${SHOWN}) r,
    lateral (select count(*)::int as done from catalog_refresh_pages where refresh_id = r.id) p
  order by r.started_at desc`;

function toRefresh({ started_at, finished_at, done, so_far, counts, ...row }: Row): Refresh {
  const startedAt = new Date(started_at);
  return {
    id: row.id,
    trigger: row.trigger,
    status: row.status,
    source: row.source,
    startedAt: startedAt.toISOString(),
    tookMs: finished_at === null ? null : new Date(finished_at).getTime() - startedAt.getTime(),
    pagesDone: done,
    pages: row.pages,
    counts: (row.status === "running" ? so_far : counts) ?? null,
    error: row.error,
  };
}

const isoOf = (time: Time | null): string | null => (time === null ? null : new Date(time).toISOString());
