import type { IncomingMessage } from "node:http";
import { RequestError } from "./sql-request";

/** Neon's own bound on a request. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** The whole body as text; a larger one than the bound is refused with 413 and not read on. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES)
      throw new RequestError(413, `The request is too large (max is ${MAX_BODY_BYTES} bytes). Send it in parts.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
