import { ApiError } from "./api-error";

const MAX_RETRIES = 2;
const FIRST_SERVER_ERROR = 500;

/** A read is repeated only where a repeat can help: never after a refusal such as 401, 404 or 422. */
export function shouldRetryRead(failureCount: number, error: unknown): boolean {
  if (failureCount >= MAX_RETRIES) return false;
  return !(error instanceof ApiError) || error.problem.status >= FIRST_SERVER_ERROR;
}
