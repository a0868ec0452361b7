import type { Problem } from "@/lib/http/problem.schemas";

/** The API answered with a problem. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly problem: Problem,
    readonly retryAfterSeconds: number | null,
  ) {
    super(problem.detail);
  }
}

/** Nothing readable came back, so whether the request took effect is unknown. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
  constructor(
    message: string,
    readonly requestId: string | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const FIRST_SERVER_ERROR = 500;

/** Whether the request may have taken effect although it failed: no answer, or a server error. */
export function isOutcomeUnknown(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.problem.status >= FIRST_SERVER_ERROR || error.problem.code === "idempotency_in_progress";
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.problem.code === code;
}
