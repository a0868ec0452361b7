import { LOCALE } from "./money";

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const JUST_NOW_S = 5;
const RELATIVE_UP_TO_S = 30 * DAY_S;

const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: "always" });
const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" });
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const axisClock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const axisDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** "just now", "3 minutes ago"; a date after thirty days. A time ahead of a slow clock is "just now", not the future. */
export function formatRelative(iso: string, nowMs: number): string {
  const seconds = Math.floor((nowMs - Date.parse(iso)) / 1_000);
  if (seconds < JUST_NOW_S) return "just now";
  if (seconds < MINUTE_S) return relative.format(-seconds, "second");
  if (seconds < HOUR_S) return relative.format(-Math.floor(seconds / MINUTE_S), "minute");
  if (seconds < DAY_S) return relative.format(-Math.floor(seconds / HOUR_S), "hour");
  if (seconds < RELATIVE_UP_TO_S) return relative.format(-Math.floor(seconds / DAY_S), "day");
  return formatDate(iso);
}

/** Date, time to the second and zone, in the reader's own zone. */
export const formatExact = (iso: string): string => exact.format(new Date(iso));
export const formatDate = (iso: string): string => date.format(new Date(iso));
export const formatClock = (iso: string): string => clock.format(new Date(iso));

/** A point of a chart: the clock for windows up to a day, the day beyond. */
export function formatAxisTime(iso: string, byDay: boolean): string {
  return (byDay ? axisDay : axisClock).format(new Date(iso));
}

/** "850 ms", "4.2 s", "1 min 20 s", "3 h 5 min", "2 d 4 h": two units at most. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1_000)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1).replace(/\.0$/, "")} s`;
  const whole = Math.round(seconds);
  if (whole < MINUTE_S) return `${whole} s`;
  if (whole < HOUR_S) return pair(whole, MINUTE_S, "min", 1, "s");
  if (whole < DAY_S) return pair(whole, HOUR_S, "h", MINUTE_S, "min");
  return pair(whole, DAY_S, "d", HOUR_S, "h");
}

/**
 * How far ahead an interval lies: "in 10 to 40 seconds", "in 2 to 5 minutes", "within 8 seconds" where it may be at once. Times are rounded
 * outwards, so that the words promise no more than the interval. "any moment now" once its end has passed.
 */
export function formatAhead(fromIso: string, byIso: string, nowMs: number): string {
  const secondsUntil = (iso: string) => (Date.parse(iso) - nowMs) / 1_000;
  const [fromSeconds, bySeconds] = [secondsUntil(fromIso), secondsUntil(byIso)];
  if (bySeconds <= 0) return "any moment now";
  const { length, one, many } = UNITS.find(({ upTo }) => bySeconds <= upTo) ?? LONGEST_UNIT;
  const from = Math.max(0, Math.floor(fromSeconds / length));
  const by = Math.ceil(bySeconds / length);
  const unit = by === 1 ? one : many;
  if (from === 0) return `within ${by} ${unit}`;
  return from === by ? `in ${by} ${unit}` : `in ${from} to ${by} ${unit}`;
}

const LONGEST_UNIT = { length: HOUR_S, upTo: Number.POSITIVE_INFINITY, one: "hour", many: "hours" };
/** Two minutes still read well in seconds. */
const UNITS = [
  { length: 1, upTo: 2 * MINUTE_S, one: "second", many: "seconds" },
  { length: MINUTE_S, upTo: 2 * HOUR_S, one: "minute", many: "minutes" },
  LONGEST_UNIT,
];

function pair(seconds: number, bigSeconds: number, big: string, smallSeconds: number, small: string): string {
  const rest = Math.floor((seconds % bigSeconds) / smallSeconds);
  const head = `${Math.floor(seconds / bigSeconds)} ${big}`;
  return rest === 0 ? head : `${head} ${rest} ${small}`;
}
