import { type SQL, sql } from "drizzle-orm";

/** A reader gives signs of life more often; one that says nothing for this long has died. */
const ABANDONED_MINUTES = 5;

/** Of a row of `catalog_refreshes`: somebody reads for it. One that only says so counts as nothing, and the sweep ends it. */
export const isBeingRead = (): SQL =>
  sql`(status = 'running' and heard_at >= now() - make_interval(mins => ${ABANDONED_MINUTES}))`;

/** Of a row of `catalog_refreshes`: whoever read for it has died. */
export const isAbandoned = (): SQL =>
  sql`(status = 'running' and heard_at < now() - make_interval(mins => ${ABANDONED_MINUTES}))`;
