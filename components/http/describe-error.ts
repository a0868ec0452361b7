import { ApiError, NoAnswerError } from "./api-error";

export interface ErrorDescription {
  title: string;
  detail: string;
  fields: { path: string; message: string }[];
  requestId: string | null;
}

/** An error in words for a person; the detail names the fix. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof ApiError) {
    const { title, detail, errors = [], requestId } = error.problem;
    return { title, detail: withWait(detail, error.retryAfterSeconds), fields: errors, requestId };
  }
  if (error instanceof NoAnswerError) {
    return { title: "No connection to Steller", detail: error.message, fields: [], requestId: error.requestId };
  }
  return {
    title: "This page stumbled",
    detail: "Reload the page. If it happens again, tell support what you did.",
    fields: [],
    requestId: null,
  };
}

function withWait(detail: string, retryAfterSeconds: number | null): string {
  return retryAfterSeconds === null ? detail : `${detail} Try again in ${retryAfterSeconds} s.`;
}
