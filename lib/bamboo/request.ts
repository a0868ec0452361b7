import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { performance } from "node:perf_hooks";
import { env } from "@/lib/env";
import { asError } from "@/lib/log";

/** One HTTP exchange with Bamboo. Everything that can go wrong is a value, since silence and refusal mean different things for money. */
export type Exchange =
  | {
      kind: "answer";
      status: number;
      body: string;
      json: unknown;
      retryAfter: string | null;
      durationMs: number;
      /** From the request sent to the head of its answer, with fractions. */
      wayMs?: number;
    }
  /** Nothing readable came back: the request may or may not have been acted on. */
  | { kind: "silence"; cause: string; durationMs: number };

/** What is known of a call beside its answer. */
export interface Called {
  httpStatus: number | null;
  durationMs: number;
  /** From the request sent to the head of its answer; null where none came. */
  wayMs: number | null;
}

export function wayOf(result: Exchange): number | null {
  return result.kind === "answer" ? (result.wayMs ?? result.durationMs) : null;
}

/** How much later a call may arrive that has to open a connection first: three ways there and back, to a far supplier. */
export const NEW_WAY_MS = 300;

const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_SOCKETS = 32;
/** Well before the supplier closes what is idle: a request that meets a closing connection would be a purchase in doubt. */
const IDLE_MS = 30_000;

const ways = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: IDLE_MS };
const agents = { http: new HttpAgent(ways), https: new HttpsAgent(ways) };

interface Request {
  method: "GET" | "POST";
  path: string;
  body?: string;
  timeoutMs: number;
}

/**
 * Over connections that stay open: what a call needs to arrive must vary little, and opening one would be the most of it. (The platform's
 * `fetch` closes them after seconds and does not tell which are open.)
 */
export async function exchange({ method, path, body, timeoutMs }: Request): Promise<Exchange> {
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(new URL(path, env().BAMBOO_BASE_URL), method, body, signal);
    const wayMs = performance.now() - startedAt;
    const text = await readBounded(response);
    return {
      kind: "answer",
      status: response.statusCode ?? 0,
      body: text,
      json: parseJson(text),
      retryAfter: response.headers["retry-after"] ?? null,
      durationMs: elapsed(),
      wayMs,
    };
  } catch (thrown) {
    const error = asError(signal.aborted ? signal.reason : thrown);
    const inner = error.cause instanceof Error ? `: ${error.cause.message}` : "";
    return { kind: "silence", cause: `${error.name}: ${error.message}${inner}`, durationMs: elapsed() };
  }
}

/** Whether a call sent now would go over a connection that is open already. */
export function hasOpenWay(): boolean {
  const { agent } = transportOf(new URL(env().BAMBOO_BASE_URL));
  return Object.values(agent.freeSockets).some((sockets) => sockets !== undefined && sockets.length > 0);
}

/** As `exchange`, but the body is the caller's to read and to bound. Throws where no answer comes. */
export function openExchange({
  method,
  path,
  signal,
}: {
  method: "GET";
  path: string;
  signal: AbortSignal;
}): Promise<IncomingMessage> {
  return send(new URL(path, env().BAMBOO_BASE_URL), method, undefined, signal);
}

function transportOf(url: URL) {
  return url.protocol === "https:"
    ? { request: requestHttps, agent: agents.https }
    : { request: requestHttp, agent: agents.http };
}

function send(url: URL, method: string, body: string | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  const { request, agent } = transportOf(url);
  const headers = {
    authorization: authorization(),
    accept: "application/json",
    "accept-encoding": "identity",
    ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const call = request(url, { method, agent, signal, headers }, resolve);
    call.on("error", reject);
    call.end(body);
  });
}

function authorization(): string {
  return `Basic ${Buffer.from(`${env().BAMBOO_CLIENT_ID}:${env().BAMBOO_CLIENT_SECRET}`).toString("base64")}`;
}

async function readBounded(response: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new Error(`Bamboo's answer is larger than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Undefined where the text is no JSON: HTML from a gateway, or an answer cut short. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
