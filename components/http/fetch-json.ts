import type { z } from "zod";
import { problemSchema } from "@/lib/http/problem.schemas";
import { ApiError, NoAnswerError } from "./api-error";

const TIMEOUT_MS = 20_000;
const REQUEST_ID_HEADER = "x-request-id";

interface Options {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer<T> {
  data: T;
  headers: Headers;
}

/**
 * Calls the portal's own API and parses the answer with `schema`. Throws `ApiError` for a problem the API names, `NoAnswerError`
 * when nothing readable came back in time; a call that the caller aborted rejects with the browser's own AbortError.
 */
export async function fetchJson<S extends z.ZodType>(
  path: string,
  schema: S,
  options: Options = {},
): Promise<Answer<z.infer<S>>> {
  const response = await send(path, options);
  const body = await readJson(response, options.signal);
  const requestId = response.headers.get(REQUEST_ID_HEADER);
  if (!response.ok) throw toApiError(response, body, requestId);
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new NoAnswerError("The answer was not what this page expects. Reload the page to get its newest version.", requestId, {
      cause: parsed.error,
    });
  }
  return { data: parsed.data, headers: response.headers };
}

async function send(path: string, { method = "GET", body, headers, signal }: Options): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(path, {
      method,
      headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      // A read may be answered by "as you have it": what the API lets the browser keep, the browser asks about each time.
      cache: method === "GET" ? "default" : "no-store",
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new NoAnswerError("Steller could not be reached. Check your connection and try again.", null, { cause });
  }
}

async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const requestId = response.headers.get(REQUEST_ID_HEADER);
    throw new NoAnswerError("Steller gave no readable answer. Try again in a moment.", requestId, { cause });
  }
}

function toApiError(response: Response, body: unknown, requestId: string | null): ApiError | NoAnswerError {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return new NoAnswerError("Steller gave no readable answer. Try again in a moment.", requestId);
  const retryAfterSeconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError(problem.data, Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : null);
}
