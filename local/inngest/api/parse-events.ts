import type { EventBody } from "../store/rows";
import { isObject, type Json, type JsonObject } from "../wire/json";
import { seededUlid, ulid } from "../wire/ulid";

const MAX_EVENTS = 5000;
const JAN_1_1980_MS = 315_532_800_000;
const MAX_NAME_LENGTH = 256;
const MAX_ID_LENGTH = 256;

export interface IncomingEvent {
  id: string;
  body: EventBody;
  userId?: string;
}

/** The events up to the first bad one, and what is wrong with that: a POST is not atomic (§3.5 of the protocol). */
export interface ParsedEvents {
  events: IncomingEvent[];
  error?: string;
}

/** Reads the body of an event POST. Every event gets an internal id; functions see the sender's own where there is one. */
export function parseEvents(body: Json | undefined, seed: string | undefined, nowMs: number): ParsedEvents {
  const list = Array.isArray(body) ? body : [body];
  if (body === undefined || !(Array.isArray(body) || isObject(body))) {
    return { events: [], error: "Request body must contain an event object or an array of event objects" };
  }
  if (list.length > MAX_EVENTS) return { events: [], error: `a request may contain at most ${MAX_EVENTS} events` };
  const events: IncomingEvent[] = [];
  for (const [index, raw] of list.entries()) {
    const event = parseEvent(raw, () => seededUlid(seed, index) ?? ulid(nowMs), nowMs);
    if (typeof event === "string") return { events, error: event };
    events.push(event);
  }
  return { events };
}

function parseEvent(raw: Json | undefined, newId: () => string, nowMs: number): IncomingEvent | string {
  if (!isObject(raw)) return "Request body must contain an event object or an array of event objects";
  const fault = typeFault(raw) ?? nameFault(raw.name);
  if (fault) return fault;
  const ts = typeof raw.ts === "number" && raw.ts !== 0 ? raw.ts : nowMs;
  if (ts < JAN_1_1980_MS) return "timestamp is before Jan 1, 1980";
  const userId = typeof raw.id === "string" && raw.id !== "" ? raw.id : undefined;
  const id = newId();
  const body: EventBody = {
    ...raw,
    name: String(raw.name),
    data: isObject(raw.data) ? raw.data : {},
    user: isObject(raw.user) ? raw.user : {},
    id: userId ?? id,
    ts,
  };
  return { id, body, ...(userId === undefined ? {} : { userId }) };
}

function typeFault({ name, data, id, ts, user }: JsonObject): string | undefined {
  if (!isAbsent(name) && typeof name !== "string") return unmarshal(name, "name", "string");
  if (!isAbsent(id) && typeof id !== "string") return unmarshal(id, "id", "string");
  if (!isAbsent(ts) && !Number.isSafeInteger(ts)) return unmarshal(ts, "ts", "int64");
  if (!isAbsent(data) && !isObject(data)) return unmarshal(data, "data", "map[string]interface {}");
  if (!isAbsent(user) && !isObject(user)) return unmarshal(user, "user", "map[string]interface {}");
  if (typeof id === "string" && (id.length > MAX_ID_LENGTH || id.includes("\0"))) return "event id is too long or contains NUL";
  return undefined;
}

function nameFault(name: Json | undefined): string | undefined {
  if (typeof name !== "string" || name === "") return "event name is empty";
  if (name.length > MAX_NAME_LENGTH || name.includes("\0")) return "event name is too long or contains NUL";
  if (name.startsWith("inngest/")) return `event name is reserved for internal use: ${name}`;
  return undefined;
}

function unmarshal(value: Json | undefined, field: string, type: string): string {
  const kind = Array.isArray(value) ? "array" : typeof value === "boolean" ? "bool" : typeof value;
  return `json: cannot unmarshal ${kind} into Go struct field Event.${field} of type ${type}`;
}

function isAbsent(value: Json | undefined): value is null | undefined {
  return value === null || value === undefined;
}
