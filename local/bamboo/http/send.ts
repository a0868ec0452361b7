import type { ServerResponse } from "node:http";
import type { Reply } from "./reply";

/** Sends an answer, if there is anybody left to read it. */
export function send(response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return;
  response.writeHead(reply.status, {
    "content-type": reply.contentType,
    "content-length": Buffer.byteLength(reply.body),
    "api-supported-versions": "1.0, 2.0",
    ...reply.headers,
  });
  response.end(reply.body);
}
