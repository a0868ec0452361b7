/** A five-field schedule as sets of allowed values. `anyDay` and `anyWeekday` are stars: if neither is, either may match. */
export interface Cron {
  timeZone: string;
  minutes: ReadonlySet<number>;
  hours: ReadonlySet<number>;
  days: ReadonlySet<number>;
  months: ReadonlySet<number>;
  weekdays: ReadonlySet<number>;
  anyDay: boolean;
  anyWeekday: boolean;
}

interface Field {
  name: string;
  min: number;
  max: number;
  names: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MINUTE: Field = { name: "minute", min: 0, max: 59, names: [] };
const HOUR: Field = { name: "hour", min: 0, max: 23, names: [] };
const DAY: Field = { name: "day of month", min: 1, max: 31, names: [] };
const MONTH: Field = { name: "month", min: 1, max: 12, names: MONTHS };
const WEEKDAY: Field = { name: "day of week", min: 0, max: 7, names: WEEKDAYS };

/** Reads `[TZ=Area/City ]minute hour day month weekday`; throws a sentence that names what is wrong. */
export function parseCron(source: string): Cron {
  const { timeZone, rest } = splitTimeZone(source);
  const fields = rest.trim().split(/\s+/);
  if (fields.length !== 5) throw new Error(`cron "${source}" must have five fields: minute hour day month weekday`);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  return {
    timeZone,
    minutes: readField(source, MINUTE, minute),
    hours: readField(source, HOUR, hour),
    days: readField(source, DAY, day),
    months: readField(source, MONTH, month),
    weekdays: new Set([...readField(source, WEEKDAY, weekday)].map((value) => value % 7)),
    anyDay: day.startsWith("*"),
    anyWeekday: weekday.startsWith("*"),
  };
}

function splitTimeZone(source: string): { timeZone: string; rest: string } {
  const match = /^\s*TZ=(\S+)\s+(.*)$/.exec(source);
  const timeZone = match?.[1] ?? "UTC";
  try {
    new Intl.DateTimeFormat("en-US", { timeZone });
  } catch (error) {
    throw new Error(`cron "${source}" names an unknown time zone "${timeZone}"`, { cause: error });
  }
  return { timeZone, rest: match?.[2] ?? source };
}

function readField(source: string, field: Field, text: string): Set<number> {
  const allowed = new Set<number>();
  for (const part of text.toLowerCase().split(",")) {
    const match = /^(\*|[a-z]+|\d+)(?:-([a-z]+|\d+))?(?:\/(\d+))?$/.exec(part);
    if (!match || (match[1] === "*" && match[2] !== undefined)) return refuse(source, field, part);
    const [, from = "", to, stepText] = match;
    const step = stepText === undefined ? 1 : Number(stepText);
    const first = from === "*" ? field.min : readValue(source, field, from);
    const open = from === "*" || (to === undefined && stepText !== undefined);
    const last = to === undefined ? (open ? field.max : first) : readValue(source, field, to);
    if (step < 1 || last < first) return refuse(source, field, part);
    for (let value = first; value <= last; value += step) allowed.add(value);
  }
  return allowed;
}

function readValue(source: string, field: Field, text: string): number {
  const named = field.names.indexOf(text);
  const value = named === -1 ? Number(text) : named + (field === MONTH ? 1 : 0);
  if (!Number.isInteger(value) || value < field.min || value > field.max) return refuse(source, field, text);
  return value;
}

function refuse(source: string, field: Field, part: string): never {
  throw new Error(`cron "${source}": "${part}" is not a ${field.name} (${field.min}-${field.max})`);
}
