import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { after } from "next/server";
import type { z } from "zod";
import { type Ctx, loadCallerBeside, sessionCookie } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { asError, log } from "@/lib/log";
import type { Me } from "@/lib/partners/schemas";
import { assertLimit, type LimitName } from "./limits";
import { requireOwnOrigin } from "./origin";
import { problemResponse } from "./problem";
import { requestIdOf } from "./request-id";

/** What a handler gets: who is calling, and the request with its path parameters. */
export interface Call<Prepared> {
  ctx: Ctx;
  me: Me;
  request: Request;
  params: Record<string, string>;
  prepared: Prepared;
  /** The value of the expression that `beside` gave. */
  beside: unknown;
}

interface RouteOptions<Prepared> {
  limit: LimitName;
  /** Reads the request before anybody is asked who sent it; its refusal is told to callers that are signed in only. */
  prepare?: (request: Request) => Promise<Prepared>;
  /** What the handler needs of the database first, read in the round trip that finds the caller. */
  beside?: (prepared: Prepared) => SQL;
  /** Runs once the answer is on its way; its failure is logged and changes nothing. */
  afterwards?: () => Promise<unknown>;
}

type NextContext = { params: Promise<Record<string, string>> };

/** The edge of every signed-in endpoint: who, limit, call, answer, errors. */
export function route<Prepared = undefined>(
  options: RouteOptions<Prepared>,
  handle: (call: Call<Prepared>) => Promise<Response>,
) {
  return async (request: Request, context: NextContext): Promise<Response> => {
    const requestId = requestIdOf(request.headers);
    const startedAt = performance.now();
    try {
      requireOwnOrigin(request);
      const call = await admit(options, request, requestId);
      const response = await handle({ ...call, request, params: await context.params });
      response.headers.set("x-request-id", requestId);
      if (options.afterwards) runAfterwards(options.afterwards, requestId);
      logRequest(request, response.status, requestId, startedAt);
      return response;
    } catch (thrown) {
      const response = problemResponse(thrown, requestId);
      logRequest(request, response.status, requestId, startedAt);
      return response;
    }
  };
}

async function admit<Prepared>(
  { limit, prepare, beside }: RouteOptions<Prepared>,
  request: Request,
  requestId: string,
): Promise<Omit<Call<Prepared>, "request" | "params">> {
  const { headers } = request;
  const [reading] = await Promise.allSettled([prepare?.(request)]);
  const expression = reading.status === "fulfilled" ? beside?.(reading.value as Prepared) : undefined;
  // Side by side, so that the limit costs no time of its own.
  const [found] = await Promise.all([loadCallerBeside(headers, expression ?? sql`null`), assertLimit(limit, callerKey(headers))]);
  if (!found.caller) throw new AppError("unauthenticated", "Sign in first; the session has ended or was never there.");
  if (reading.status === "rejected") throw reading.reason;
  const { actor, me } = found.caller;
  const ctx: Ctx = { actor, requestId, from: { ipAddress: ipOf(headers), userAgent: headers.get("user-agent") } };
  return { ctx, me, prepared: reading.value as Prepared, beside: found.beside };
}

/** The JSON text of an answer that has passed its own schema, so that a new column cannot leak. */
export function answerText<T extends z.ZodType>(schema: T, value: z.input<T>): string {
  return JSON.stringify(schema.parse(value));
}

/** See `answerText`; nobody keeps it. */
export function answer<T extends z.ZodType>(schema: T, value: z.input<T>, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set("content-type", "application/json");
  headers.set("cache-control", "private, no-store");
  return new Response(answerText(schema, value), { ...init, headers });
}

function runAfterwards(work: () => Promise<unknown>, requestId: string): void {
  after(async () => {
    try {
      await work();
    } catch (thrown) {
      log.warn("Work after an answer failed; the sweep repeats it", { requestId, err: asError(thrown) });
    }
  });
}

export function ipOf(headers: Headers): string | null {
  return headers.get("x-forwarded-for")?.split(",")[0]?.trim() || null;
}

/** The session where there is one: people behind one address do not share a limit. */
function callerKey(headers: Headers): string {
  const cookie = sessionCookie(headers);
  return cookie ? createHash("sha256").update(cookie).digest("base64url") : (ipOf(headers) ?? "unknown");
}

function logRequest(request: Request, status: number, requestId: string, startedAt: number): void {
  log.info("request", {
    requestId,
    method: request.method,
    route: new URL(request.url).pathname,
    status,
    durationMs: Math.round(performance.now() - startedAt),
  });
}
