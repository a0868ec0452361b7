import { AppError, ERROR_CODES } from "@/lib/errors";
import { asError, log } from "@/lib/log";
import { isUnreachable } from "@/lib/postgres-errors";
import type { Problem } from "./problem.schemas";

const TITLES: Partial<Record<keyof typeof ERROR_CODES, string>> = {
  invalid_input: "The request is not valid",
  unauthenticated: "Sign in first",
  forbidden: "Not allowed",
  not_found: "Not found",
  insufficient_funds: "The wallet does not cover this",
  price_changed: "The price has changed",
  quote_expired: "The quote has expired",
  quote_used: "The quote was used already",
  not_orderable: "This cannot be ordered",
  rate_limited: "Too many requests",
  internal: "Something went wrong on our side",
  unavailable: "Not available right now",
};

/** Any error as problem details. What we did not foresee is logged in full and told in one bland sentence. */
export function problemResponse(thrown: unknown, requestId: string): Response {
  const error = thrown instanceof AppError ? thrown : unforeseen(thrown, requestId);
  const status = ERROR_CODES[error.code];
  const problem: Problem = {
    type: `urn:steller:problem:${error.code}`,
    title: TITLES[error.code] ?? "The request was refused",
    status,
    code: error.code,
    detail: error.message,
    requestId,
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
    ...(Object.keys(error.data).length > 0 ? { data: error.data } : {}),
  };
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": requestId,
  });
  if (error.retryAfterSeconds !== undefined) headers.set("retry-after", String(error.retryAfterSeconds));
  return new Response(JSON.stringify(problem), { status, headers });
}

function unforeseen(thrown: unknown, requestId: string): AppError {
  if (isUnreachable(thrown)) {
    log.warn("What a request needed could not be reached", { requestId, err: asError(thrown) });
    return new AppError("unavailable", "Steller is restarting a part of itself. Nothing was lost; try again in a few seconds.", {
      retryAfterSeconds: 5,
      cause: thrown,
    });
  }
  log.error("A request failed in a way nobody foresaw", { requestId, err: asError(thrown) });
  return new AppError("internal", "Something went wrong on our side. Try again; if it stays, send us the request id.", {
    cause: thrown,
  });
}
