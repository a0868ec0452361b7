import { sql } from "drizzle-orm";
import { dispatches } from "@/drizzle/schema";

/** A request is over on our side well before this; one still without an answer was sent by a process that ended. */
const SILENT_SECONDS = 60;
/** As long as a purchase may stay placed before it is handed to people. */
const PLACED_SECONDS = 15 * 60;

const secondsAgo = (seconds: number) => sql`now() - make_interval(secs => ${seconds})`;

/**
 * Since when an open dispatch is unclear or overdue (the earliest of what says so), as a column of `dispatches`; null where all is well
 * and once it is over. Columns are named in the text: in a query of one table the builder drops a column's table, and `id` would then
 * be the attempt's.
 */
export const inDoubtSince = sql<Date | null>`case when dispatches.status in ('prepared', 'placed') then least(
  dispatches.in_doubt_since,
  case when dispatches.status = 'placed' and dispatches.placed_at < ${secondsAgo(PLACED_SECONDS)} then dispatches.placed_at end,
  case when dispatches.status = 'prepared' then (
    select min(a.started_at) from attempts a
    where a.dispatch_id = dispatches.id and a.outcome is null and a.started_at < ${secondsAgo(SILENT_SECONDS)}) end,
  dispatches.escalated_at) end`.mapWith(dispatches.createdAt);
