import type { IncomingMessage } from "node:http";

export interface Reply {
  status: number;
  contentType: string;
  body: string;
}

const MAX_BODY_BYTES = 16 * 1024 * 1024;

export class BodyTooLong extends Error {}

/** The whole body as text; throws BodyTooLong past 16 MiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new BodyTooLong();
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export function json(status: number, value: unknown): Reply {
  return { status, contentType: "application/json", body: JSON.stringify(value) };
}

export function text(status: number, body: string): Reply {
  return { status, contentType: "text/plain; charset=utf-8", body };
}

export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
