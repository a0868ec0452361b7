import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { asError, log } from "@/lib/log";

/** How often the figures are learned anew, however many processes ask. */
const REFRESH_SECONDS = 3;
/** Settled purchases to learn from: a minute and a half at full load, and enough for quantiles. */
const SAMPLE = 200;
/** With fewer nothing is claimed to be known. */
const LEAST_SAMPLE = 5;
const SAMPLE_HOURS = 24;
/** Rows looked at for the other figures. */
const RECENT = 100;
/** A slower pair of purchases had nothing waiting between them. */
const LONGEST_SLOT_MS = 5_000;
/** The supplier allows no faster. */
const SHORTEST_SLOT_MS = 500;
const MAX_WAITING = 10_000;

let askedAt = Number.NEGATIVE_INFINITY;

/**
 * Learns what the queue yields, for estimates: call it after a purchase was placed or settled, outside its transaction, as often as you
 * like. One statement, and one that does nothing where the figures are fresh or somebody else is at it. Answers whether it learned; never throws.
 */
export async function refreshPace(): Promise<boolean> {
  const now = performance.now();
  if (now - askedAt < REFRESH_SECONDS * 1_000) return false;
  askedAt = now;
  try {
    const { rowCount } = await db().execute(learn);
    return (rowCount ?? 0) > 0;
  } catch (error) {
    // Whoever asks has settled a purchase, and has more to do than to fail for an estimate: the last figures serve on.
    log.error("The pace of the queue could not be learned", { err: asError(error) });
    return false;
  }
}

/** What an outage held up tells nothing of quiet times, and while one lasts nothing is told. */
const UNDISTURBED = sql`not exists (select from attempts a where a.dispatch_id = dispatches.id and a.outcome = 'unknown')
  and not exists (select from breaker_changes b where b.change = 'opened' and b.at between dispatches.created_at and dispatches.settled_at)`;

/** The start is the quick end of what was seen, since waits that have a reason are counted by their reasons. */
const learn = sql`
  update queue_pace set refreshed_at = now(),
    (sample, to_settled_ms) = (
      select count(*), case when count(*) >= ${LEAST_SAMPLE}
        then percentile_cont((select array_agg((share / 40.0)::float8 order by share) from generate_series(0, 40) share)) within group (order by ms)::integer[] else '{}' end
      from (select least(extract(epoch from settled_at - created_at) * 1000, 2000000000) as ms from dispatches
        where status = 'settled' and settled_at > now() - make_interval(hours => ${SAMPLE_HOURS}) and ${UNDISTURBED}
        order by settled_at desc limit ${SAMPLE}) settled),
    to_claimed_ms = coalesce((
      select percentile_cont(0.1) within group (order by extract(epoch from claimed_at - created_at) * 1000)::integer
      from (select claimed_at, created_at from orders order by created_at desc, id desc limit ${RECENT}) recent where claimed_at is not null), to_claimed_ms),
    slot_ms = coalesce((
      select greatest(${SHORTEST_SLOT_MS}, percentile_cont(0.25) within group (order by gap_ms))::integer
      from (select extract(epoch from created_at - lag(created_at) over (order by created_at)) * 1000 as gap_ms
        from (select created_at from dispatches order by created_at desc limit ${RECENT}) recent) gaps where gap_ms <= ${LONGEST_SLOT_MS}), slot_ms),
    cards_per_dispatch = coalesce((select max(cards) from (select cards from dispatches order by created_at desc limit ${RECENT}) recent), cards_per_dispatch),
    cards_per_order = coalesce((select ceil(avg(cards))::integer from (select cards from orders order by created_at desc, id desc limit ${RECENT}) recent), cards_per_order),
    waiting_orders = (select count(*) from (select from orders where status = 'queued' limit ${MAX_WAITING}) waiting)
  where single = (select single from queue_pace where refreshed_at < now() - make_interval(secs => ${REFRESH_SECONDS}) for update skip locked)`;
