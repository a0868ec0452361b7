/** Whether an error, or what caused it, is Postgres refusing by the named constraint. */
export function violated(thrown: unknown, constraint: string): boolean {
  return fieldOf(thrown, "constraint") === constraint;
}

/** SQLSTATE of a Postgres error, however deeply a driver wrapped it; undefined for any other error. */
export function sqlState(thrown: unknown): string | undefined {
  const code = fieldOf(thrown, "code");
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** SQLSTATE classes of a connection that is lost, and of a server that stops, starts or has no connection left. */
const UNREACHABLE_STATES = /^(?:08...|57P0[123]|53300)$/;
const UNREACHABLE_WORDS =
  /ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error|WebSocket|socket hang up/i;

/** Whether the database, or another service that a request needs, was not there to answer, as opposed to having answered with a refusal. */
export function isUnreachable(thrown: unknown): boolean {
  const state = sqlState(thrown);
  if (state !== undefined) return UNREACHABLE_STATES.test(state);
  let current = thrown;
  for (let depth = 0; depth < MAX_DEPTH && typeof current === "object" && current !== null; depth++) {
    const message: unknown = Reflect.get(current, "message");
    // A failed query bears its own text, which may hold any word: only what caused it counts.
    if (typeof message === "string" && !message.startsWith("Failed query") && UNREACHABLE_WORDS.test(message)) return true;
    current = Reflect.get(current, "cause");
  }
  return false;
}

const MAX_DEPTH = 5;

function fieldOf(thrown: unknown, field: string): unknown {
  let current = thrown;
  for (let depth = 0; depth < MAX_DEPTH && typeof current === "object" && current !== null; depth++) {
    if ("severity" in current && field in current) return Reflect.get(current, field);
    current = "cause" in current ? current.cause : undefined;
  }
  return undefined;
}
