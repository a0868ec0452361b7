import { createHash } from "node:crypto";

/** What tells a repeated request from another one under the same key. In hexadecimal. */
export function hashRequest(input: unknown): string {
  return createHash("sha256").update(JSON.stringify(input)).digest("hex");
}
