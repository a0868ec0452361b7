import { createHash } from "node:crypto";
import { after } from "next/server";
import type { z } from "zod";
import { type Ctx, loadCaller } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { asError, log } from "@/lib/log";
import type { Me } from "@/lib/partners/schemas";
import { assertLimit, type LimitName } from "./limits";
import { requireOwnOrigin } from "./origin";
import { problemResponse } from "./problem";
import { requestIdOf } from "./request-id";

/** What a handler gets: who is calling, and the request with its path parameters. */
export interface Call {
  ctx: Ctx;
  me: Me;
  request: Request;
  params: Record<string, string>;
}

interface RouteOptions {
  limit: LimitName;
  /** Runs once the answer is on its way; its failure is logged and changes nothing. */
  afterwards?: () => Promise<unknown>;
}

type NextContext = { params: Promise<Record<string, string>> };

/** The edge of every signed-in endpoint: who, limit, call, answer, errors. */
export function route(options: RouteOptions, handle: (call: Call) => Promise<Response>) {
  return async (request: Request, context: NextContext): Promise<Response> => {
    const requestId = requestIdOf(request.headers);
    const startedAt = performance.now();
    try {
      requireOwnOrigin(request);
      // Side by side, so that the limit costs no time of its own.
      const [caller] = await Promise.all([loadCaller(request.headers), assertLimit(options.limit, callerKey(request.headers))]);
      if (!caller) throw new AppError("unauthenticated", "Sign in first; the session has ended or was never there.");
      const ctx: Ctx = {
        actor: caller.actor,
        requestId,
        from: { ipAddress: ipOf(request.headers), userAgent: request.headers.get("user-agent") },
      };
      const response = await handle({ ctx, me: caller.me, request, params: await context.params });
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

/** A JSON answer that has passed its own schema, so that a new column cannot leak. */
export function answer<T extends z.ZodType>(schema: T, value: z.input<T>, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set("content-type", "application/json");
  headers.set("cache-control", "private, no-store");
  return new Response(JSON.stringify(schema.parse(value)), { ...init, headers });
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
  const cookie = /(?:^|;\s*)(?:__Secure-)?steller\.session_token=([^;]+)/.exec(headers.get("cookie") ?? "")?.[1];
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
