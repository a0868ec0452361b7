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

/** A failed query names its parameters, which may be anything a row holds. */
function withoutParameters(text: string): string {
  return text.replace(/\nparams: [^\n]*/g, "");
}

function causeOf(error: Error): string | undefined {
  return error.cause instanceof Error ? `${error.cause.name}: ${error.cause.message}` : undefined;
}

/** JSON lines on standard output. Fields outside the allow-list are dropped. */
export const log = {
  info: (message: string, fields: LogFields = {}) => base.info(allowed(fields), message),
  warn: (message: string, fields: LogFields = {}) => base.warn(allowed(fields), message),
  error: (message: string, fields: LogFields = {}) => base.error(allowed(fields), message),
};

/** What was thrown, as an Error, whatever it was. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error(typeof thrown === "string" ? thrown : `Thrown value of type ${typeof thrown}`);
}
