/** At most so many full reads in any hour, whatever anyone asks for; the gate that counts them is lib/refresh. */
export const REFRESHES_PER_HOUR = 2;
const REFRESH_EVERY_MS = 30 * 60_000;
/** A read that comes this much too early waits for its turn: the schedule finds the hour's two begun a moment less than an hour ago. */
export const WAITED_FOR_MS = 6 * 60_000;

/** When the schedule of each full and half hour next reads the catalogue; `allowedAt` is when the hour has room again, null: it has. */
export function nextRefreshAt(nowMs: number, allowedAt: string | null): string {
  const allowedMs = allowedAt === null ? nowMs : Date.parse(allowedAt);
  const first = Math.max(nowMs + 1, allowedMs - WAITED_FOR_MS);
  const tickMs = Math.ceil(first / REFRESH_EVERY_MS) * REFRESH_EVERY_MS;
  return new Date(Math.max(tickMs, allowedMs)).toISOString();
}
