import { pino } from "pino";

/** Only these fields are ever written: a card code cannot reach a log by being part of an object somebody logged. */
const ALLOWED = new Set([
  "requestId",
  "orderId",
  "orders",
  "dispatchId",
  "partnerId",
  "userId",
  "event",
  "events",
  "route",
  "method",
  "status",
  "durationMs",
  "endpoint",
  "outcome",
  "attempt",
  "count",
  "waitMs",
  "refreshId",
  "reason",
  "productId",
  "runId",
  "err",
]);

const base = pino({ level: "info", base: { service: "steller" }, formatters: { level: (label) => ({ level: label }) } });

export type LogFields = Record<string, string | number | boolean | null | undefined | Error>;

function allowed(fields: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined || !ALLOWED.has(key)) continue;
    kept[key] =
      value instanceof Error
        ? {
            name: value.name,
            message: withoutParameters(value.message),
            stack: withoutParameters(value.stack ?? ""),
            cause: causeOf(value),
          }
        : value;
  }
  return kept;
}

/** A failed query names its parameters, which may be anything a row holds, line ends included: up to the stack, all of it goes. */
function withoutParameters(text: string): string {
  return text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/g, "");
}

function causeOf(error: Error): string | undefined {
  return error.cause instanceof Error ? `${error.cause.name}: ${withoutParameters(error.cause.message)}` : undefined;
}

const MAX_CAUSES = 5;

/** Takes the parameters of failed queries out of what was thrown, and out of what caused it, before it leaves the process. */
export function scrub(thrown: unknown): void {
  let current = thrown;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth++) {
    current.message = withoutParameters(current.message);
    if (current.stack !== undefined) current.stack = withoutParameters(current.stack);
    if ("params" in current) current.params = [];
    current = current.cause;
  }
}

/** JSON lines on standard output. Fields outside the allow-list are dropped. */
export const log = {
  info: (message: string, fields: LogFields = {}) => base.info(allowed(fields), message),
  warn: (message: string, fields: LogFields = {}) => base.warn(allowed(fields), message),
  error: (message: string, fields: LogFields = {}) => base.error(allowed(fields), message),
};

/** What was thrown, as an Error, whatever it was: a driver may throw an event that bears only a message. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  if (typeof thrown === "string") return new Error(thrown);
  const message = typeof thrown === "object" && thrown !== null && "message" in thrown ? thrown.message : undefined;
  return new Error(typeof message === "string" ? message : `Thrown value of type ${typeof thrown}`);
}

/** For libraries that log by themselves: their words go through the same sieve, and what they add to them does not go at all. */
export const libraryLogger = (event: string) => {
  const at =
    (level: keyof typeof log) =>
    (message: unknown, ...more: unknown[]) => {
      const error = [message, ...more].find((part) => part instanceof Error);
      log[level](typeof message === "string" ? withoutParameters(message) : asError(message).name, {
        event,
        ...(error instanceof Error ? { err: error } : {}),
      });
    };
  return { debug: () => undefined, info: at("info"), warn: at("warn"), error: at("error") };
};
