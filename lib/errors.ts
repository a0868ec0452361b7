/**
 * The closed set of refusals. A verb throws one of these; the HTTP edge maps `code` to a status in one table.
 * `message` is safe to show and names the fix; `detail` is for the log only.
 */
export const ERROR_CODES = {
  invalid_input: 422,
  malformed_request: 400,
  idempotency_key_missing: 400,
  idempotency_key_reused: 422,
  idempotency_in_progress: 409,
  unauthenticated: 401,
  wrong_credentials: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  price_changed: 409,
  quote_expired: 409,
  quote_used: 409,
  insufficient_funds: 409,
  not_orderable: 409,
  order_not_cancellable: 409,
  body_too_large: 413,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface FieldProblem {
  /** Path into the request, such as `lines.0.quantity`. */
  path: string;
  message: string;
}

interface AppErrorOptions {
  fields?: FieldProblem[];
  /** Facts a program can act on, such as the new price. Shown to the caller. */
  data?: Record<string, unknown>;
  retryAfterSeconds?: number;
  cause?: unknown;
}

export class AppError extends Error {
  override readonly name = "AppError";
  readonly fields: FieldProblem[];
  readonly data: Record<string, unknown>;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.fields = options.fields ?? [];
    this.data = options.data ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The one text for a row that is absent or another partner's, so that the two cannot be told apart. */
export function notFound(what: string): AppError {
  return new AppError("not_found", `There is no such ${what}. Check the id in the address.`);
}

/** A promise to the reader that this cannot happen; if it does, the message names what was believed. */
export function invariant(condition: unknown, belief: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${belief}`);
}
