import type { IncomingMessage } from "node:http";
import { type Bytes, toBytes } from "../engine/bytes";
import { RedisError } from "../engine/reply";

/** Upstash's request limit on its smaller plans. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** A body too long is read to here and thrown away, so that the client sees the refusal and not a cut connection. */
const MAX_DRAINED_BYTES = 16 * MAX_BODY_BYTES;

export type Commands = readonly (readonly Bytes[])[];

/** The bytes of a request's body; more than MAX_BODY_BYTES is refused with Upstash's text. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size <= MAX_BODY_BYTES) chunks.push(bytes);
    if (size > MAX_DRAINED_BYTES) break;
  }
  if (size > MAX_BODY_BYTES) {
    throw new RedisError(`ERR max request size exceeded. Limit: ${MAX_BODY_BYTES} bytes, Actual: ${size} bytes`);
  }
  return Buffer.concat(chunks);
}

/** The command of `POST /`: a JSON array with the name first. */
export function parseCommand(body: Buffer): readonly Bytes[] {
  return toCommand(parseJson(body), "a JSON array of strings and numbers");
}

/** The commands of `/pipeline` and `/multi-exec`: a JSON array of such arrays. */
export function parseCommands(body: Buffer): Commands {
  const rows = parseJson(body);
  if (!Array.isArray(rows)) throw malformed("an array of arrays");
  if (rows.length === 0) throw new RedisError("ERR empty pipeline request");
  return rows.map((row) => toCommand(row, "an array of arrays"));
}

/** The command of a path such as `/set/key`: its segments, then the body if there is one, then the query's words. */
export function commandFromPath(url: URL, body: Buffer): readonly Bytes[] {
  const command = url.pathname.split("/").filter((part, index) => index > 0 || part !== "");
  const words = command.map((part) => toBytes(decoded(part)));
  if (body.length > 0) words.push(body.toString("latin1"));
  for (const [name, value] of url.searchParams) {
    if (name === "_token") continue;
    words.push(toBytes(name));
    if (value !== "") words.push(toBytes(value));
  }
  return words;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) throw new RedisError("ERR the path is not valid percent-encoding");
    throw error;
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed("valid JSON");
    throw error;
  }
}

function toCommand(row: unknown, expected: string): readonly Bytes[] {
  if (!Array.isArray(row)) throw malformed(expected);
  if (row.length === 0) throw new RedisError("ERR empty command");
  return row.map((word) => {
    if (typeof word === "string") return toBytes(word);
    if (typeof word === "number" || typeof word === "boolean") return String(word);
    throw malformed("strings, numbers and booleans as arguments");
  });
}

function malformed(expected: string): RedisError {
  return new RedisError(`ERR failed to parse the request body: expected ${expected}`);
}
