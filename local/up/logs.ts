import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";

const MAX_LOG_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 16 * 1024;
export const TAIL_LINES = 20;
const HEADLINE = "--- start";

/** The log of one child. A log that grew past 10 MB is set aside as `<name>.log.1` when the next start opens it. */
export function openLog(dataDir: string, name: string): { path: string; file: number } {
  const folder = join(dataDir, "logs");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  if (existsSync(path) && statSync(path).size > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
  return { path, file: openSync(path, "a") };
}

/** The text from `offset` on, at most `maxBytes` of it. */
export function readFrom(path: string, offset: number, maxBytes: number): string {
  if (!existsSync(path)) return "";
  const file = openSync(path, "r");
  try {
    const length = Math.min(maxBytes, Math.max(0, fstatSync(file).size - offset));
    const buffer = Buffer.alloc(length);
    return buffer.toString("utf8", 0, readSync(file, buffer, 0, length, offset));
  } finally {
    closeSync(file);
  }
}

/** The line that each start writes first into its log. */
export const headline = (name: string): string => `${HEADLINE} ${new Date().toISOString()} ${name} starts\n`;

/** The last lines of the last start's log, for a person who must know why it failed. */
export function tailOf(path: string, lines = TAIL_LINES): string {
  if (!existsSync(path)) return "(no log)";
  const offset = Math.max(0, statSync(path).size - TAIL_BYTES);
  const all = readFrom(path, offset, TAIL_BYTES).trimEnd().split("\n");
  return all
    .slice(all.findLastIndex((line) => line.startsWith(HEADLINE)) + 1)
    .slice(-lines)
    .join("\n");
}
