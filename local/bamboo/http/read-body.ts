import type { IncomingMessage } from "node:http";

const MAX_BODY_BYTES = 1_048_576;

/** The whole body as text; null if it is longer than a mebibyte or the caller gave up. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      length += bytes.length;
      if (length > MAX_BODY_BYTES) return null;
      chunks.push(bytes);
    }
  } catch {
    return null; // The caller hung up: there is nobody left to answer.
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** JSON, or undefined if it is not; an empty body is an empty object. */
export function parseJson(body: string): unknown {
  if (body.trim() === "") return {};
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // The caller is told by a 400.
  }
}

/** The same value with every key in lower case: Bamboo's binding does not look at case. */
export function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), lowerKeys(inner)]));
}
