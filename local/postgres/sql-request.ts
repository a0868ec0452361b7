import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { z } from "zod";

const MAX_BATCH_QUERIES = 10_000;

/** Parameters arrive as PostgreSQL text; plain JSON numbers and booleans are accepted too, as Neon accepts them. */
const query = z.object({ query: z.string(), params: z.array(z.json()).default([]) });
const body = z.union([z.object({ queries: z.array(query).max(MAX_BATCH_QUERIES) }), query]);
const isolationLevels = {
  ReadUncommitted: "read uncommitted",
  ReadCommitted: "read committed",
  RepeatableRead: "repeatable read",
  Serializable: "serializable",
} as const;

export type SqlQuery = z.infer<typeof query>;

export interface Connection {
  user: string;
  password: string;
  database: string;
}

export interface Batch {
  /** As SQL spells it, or undefined for the session's own. */
  isolationLevel?: string;
  isReadOnly: boolean;
  isDeferrable: boolean;
}

/** How values come back: raw means PostgreSQL's own text, otherwise JSON where JSON can hold the value. */
export interface Output {
  isRaw: boolean;
  isArrayMode: boolean;
}

export type SqlRequest = Output & { connection: Connection } & (
    | { batch: Batch; queries: SqlQuery[] }
    | { batch?: undefined; query: SqlQuery }
  );

/** A request this endpoint refuses; `status` is the HTTP status. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Reads a POST /sql of the driver. Throws RequestError, saying what is wrong with it. */
export function parseSqlRequest({ method, headers }: IncomingMessage, text: string): SqlRequest {
  if (method !== "POST") throw new RequestError(405, "Send a query to /sql with POST.");
  const parsed = body.safeParse(parseJson(text));
  if (!parsed.success)
    throw new RequestError(400, `The body is neither {query, params} nor {queries}: ${z.prettifyError(parsed.error)}`);
  const common = {
    connection: parseConnection(headers["neon-connection-string"]),
    isRaw: isTrue(headers["neon-raw-text-output"]),
    isArrayMode: isTrue(headers["neon-array-mode"]),
  };
  if ("queries" in parsed.data) return { ...common, batch: parseBatch(headers), queries: parsed.data.queries };
  return { ...common, query: parsed.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RequestError(400, `The body is not JSON: ${cause instanceof Error ? cause.message : "unreadable"}`);
  }
}

/** Host and port are not looked at: there is one PostgreSQL behind this gate. */
function parseConnection(header: string | string[] | undefined): Connection {
  const url = typeof header === "string" && URL.canParse(header) ? new URL(header) : undefined;
  const [user, password] = [decodeURIComponent(url?.username ?? ""), decodeURIComponent(url?.password ?? "")];
  const database = decodeURIComponent(url?.pathname.slice(1) ?? "");
  if (!user || !password || !database) {
    throw new RequestError(400, "Neon-Connection-String must be postgres://role:password@host/database.");
  }
  return { user, password, database };
}

function parseBatch(headers: IncomingHttpHeaders): Batch {
  const level = headers["neon-batch-isolation-level"];
  const found = Object.entries(isolationLevels).find(([name]) => name === level);
  if (level !== undefined && !found) {
    throw new RequestError(400, `Neon-Batch-Isolation-Level must be one of ${Object.keys(isolationLevels).join(", ")}.`);
  }
  return {
    isolationLevel: found?.[1],
    isReadOnly: isTrue(headers["neon-batch-read-only"]),
    isDeferrable: isTrue(headers["neon-batch-deferrable"]),
  };
}

function isTrue(header: string | string[] | undefined): boolean {
  return header === "true";
}
