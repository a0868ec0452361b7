import { AppError } from "@/lib/errors";

/** One call a second and room for a mistake; a copy older than this is a case for people. */
export const MAX_DAYS = 62;
const DAY_MS = 86_400_000;
const FORM = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day that there is, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!FORM.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && dayOf(at) === text;
}

/** `YYYY-MM-DD` in UTC. */
export function today(nowMs: number = Date.now()): string {
  return dayOf(nowMs);
}

/**
 * The days whose reports are read: those asked for, and one more at each end, because the supplier does not tell in which zone its days
 * begin. Throws `invalid_input`, naming the day at fault.
 */
export function recoveryDays({ sinceDay, untilDay }: { sinceDay: string; untilDay: string }, nowDay: string): string[] {
  for (const [path, day] of [["sinceDay", sinceDay] as const, ["untilDay", untilDay] as const])
    if (!isDay(day)) throw refused(path, `${path} is "${day}", which is no day. Write it as YYYY-MM-DD, such as ${nowDay}.`);
  if (sinceDay > nowDay) throw refused("sinceDay", `${sinceDay} is yet to come; today is ${nowDay} (UTC).`);
  if (sinceDay > untilDay) throw refused("sinceDay", `${sinceDay} is after ${untilDay}. Give the day of the copy first.`);
  const first = Date.parse(sinceDay) - DAY_MS;
  const days = Math.round((Date.parse(untilDay) + DAY_MS - first) / DAY_MS) + 1;
  if (days > MAX_DAYS + 2)
    throw refused("sinceDay", `${sinceDay} to ${untilDay} is more than ${MAX_DAYS} days. Take them in parts, the latest first.`);
  return Array.from({ length: days }, (_, index) => dayOf(first + index * DAY_MS));
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

function refused(path: string, message: string): AppError {
  return new AppError("invalid_input", message, { fields: [{ path, message }] });
}
