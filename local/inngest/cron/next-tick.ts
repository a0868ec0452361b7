import type { Cron } from "./parse-cron";

const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1440;
/** No zone moves its clock by more than two hours at once, so a jump this much short of midnight cannot miss anything. */
const CLOCK_CHANGE_MINUTES = 120;
/** 29 February on a given weekday comes at the latest after 40 years; at most some five looks are needed for a day. */
const MAX_LOOKS = 40 * 366 * 5;

interface WallTime {
  minute: number;
  hour: number;
  day: number;
  month: number;
  weekday: number;
}

/**
 * The first minute after `afterMs` that the schedule names, in unix milliseconds; undefined if there is none (30 February).
 * It walks real time: an hour that a clock change skips has no ticks, one that it repeats has them twice.
 */
export function nextTickMs(cron: Cron, afterMs: number): number | undefined {
  const wallTime = wallClock(cron.timeZone);
  let atMs = (Math.floor(afterMs / MINUTE_MS) + 1) * MINUTE_MS;
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const wall = wallTime(atMs);
    const skipMinutes = minutesToSkip(cron, wall);
    if (skipMinutes === 0) return atMs;
    atMs += skipMinutes * MINUTE_MS;
  }
  return undefined;
}

function minutesToSkip(cron: Cron, wall: WallTime): number {
  if (!cron.months.has(wall.month) || !dayMatches(cron, wall)) {
    const toMidnight = MINUTES_PER_DAY - wall.hour * MINUTES_PER_HOUR - wall.minute;
    return Math.max(MINUTES_PER_HOUR - wall.minute, toMidnight - CLOCK_CHANGE_MINUTES);
  }
  if (!cron.hours.has(wall.hour)) return MINUTES_PER_HOUR - wall.minute;
  return cron.minutes.has(wall.minute) ? 0 : 1;
}

function dayMatches(cron: Cron, wall: WallTime): boolean {
  const day = cron.days.has(wall.day);
  const weekday = cron.weekdays.has(wall.weekday);
  return cron.anyDay || cron.anyWeekday ? day && weekday : day || weekday;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(timeZone: string): (atMs: number) => WallTime {
  if (timeZone === "UTC") return utcWallTime;
  const known = formats.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
  formats.set(timeZone, format);
  return (atMs) => {
    const parts: Record<string, number> = {};
    for (const part of format.formatToParts(atMs)) parts[part.type] = Number(part.value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
    return { minute, hour, day, month, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
  };
}

function utcWallTime(atMs: number): WallTime {
  const date = new Date(atMs);
  return {
    minute: date.getUTCMinutes(),
    hour: date.getUTCHours(),
    day: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    weekday: date.getUTCDay(),
  };
}
