import { createHash } from "node:crypto";
import type { Bytes } from "../engine/bytes";

const FIRST_LINE = /^#!lua([^\n]*)/;

/**
 * A script without its `#!lua flags=...` line, of which some flags (allow-key-locking) only Upstash knows. The line
 * break stays, so errors name the right line.
 */
export function withoutShebang(source: Bytes): { code: Bytes; readOnly: boolean } {
  const flags = FIRST_LINE.exec(source)?.[1] ?? "";
  return { code: source.replace(FIRST_LINE, ""), readOnly: /[=,]no-writes(,|\s|$)/.test(flags) };
}

/** A script's name: the SHA-1 of the text as the client has it, first line included. */
export function sha1(source: Bytes): Bytes {
  return createHash("sha1").update(source, "latin1").digest("hex");
}
