import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { applyEvent, type World } from "./apply";
import type { SandboxEvent } from "./events";
import { snapshotLines } from "./snapshot";

const FILE_NAME = "bamboo.jsonl";
/** A journal larger than this is rewritten as a snapshot at start. */
const COMPACT_ABOVE_BYTES = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/** Keeps events; the one without a folder forgets them. */
export interface Journal {
  append(event: SandboxEvent): void;
  close(): void;
}

/**
 * Opens the journal of a data folder and replays it into the world. A last line that a crash cut off is dropped: nobody
 * was told about it. A line is in the kernel's hands before `append` returns, so it survives the end of this process.
 */
export function openJournal(dataDir: string | undefined, world: World): Journal {
  if (dataDir === undefined) return { append: () => undefined, close: () => undefined };
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, FILE_NAME);
  const keptBytes = existsSync(path) ? replay(path, world) : 0;
  if (keptBytes > COMPACT_ABOVE_BYTES) compact(path, world);
  const file = openSync(path, "a");
  if (keptBytes <= COMPACT_ABOVE_BYTES && statSync(path).size > keptBytes) ftruncateSync(file, keptBytes);
  return {
    append: (event) => writeWhole(file, `${JSON.stringify(event)}\n`),
    close: () => closeSync(file),
  };
}

/** Returns how many bytes hold whole lines. */
function replay(path: string, world: World): number {
  const bytes = readFileSync(path);
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    applyEvent(world, JSON.parse(bytes.toString("utf8", start, end)));
    start = end + 1;
  }
  return start;
}

function compact(path: string, world: World): void {
  const draft = `${path}.new`;
  const file = openSync(draft, "w");
  for (const event of snapshotLines(world)) writeWhole(file, `${JSON.stringify(event)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
}

/** A write may be short; the rest follows until all is out. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
