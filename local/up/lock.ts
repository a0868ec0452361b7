import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { identify, stillRuns } from "./process-identity";
import { writeDurably } from "./write-durably";

const holderSchema = z.object({ pid: z.number(), startedAt: z.string(), note: z.string(), leaving: z.boolean() });
export type LockHolder = z.infer<typeof holderSchema>;

export interface Lock {
  /** Says that the holder is on its way out, so that others wait for it longer. */
  leave(): void;
  release(): void;
}

export interface LockOptions {
  /** How long to wait for a holder, and for one that said it is leaving. */
  waitMs: number;
  leavingWaitMs?: number;
  /** Said to whoever is refused, with the holder. */
  refuse: (holder: LockHolder) => string;
  /** What the holder says of itself. */
  note?: string;
}

const POLL_MS = 200;
const MAX_RACES = 10;

/** One holder at a time, over processes: a file that names its holder. A holder that was killed holds nothing. Throws what `refuse` says. */
export async function takeLock(path: string, options: LockOptions): Promise<Lock> {
  const me = identify(process.pid);
  if (!me) throw new Error("The system does not say when this process started, so it cannot hold a lock.");
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${randomUUID()}.draft`;
  const startedAt = Date.now();
  const holding: LockHolder = { ...me, note: options.note ?? "", leaving: false };
  writeFileSync(draft, JSON.stringify(holding));
  try {
    for (let races = 0; races < MAX_RACES; ) {
      if (links(draft, path)) return held(path, holding);
      const holder = readHolder(path);
      if (holder && stillRuns(holder)) {
        const waitMs = holder.leaving ? Math.max(options.waitMs, options.leavingWaitMs ?? 0) : options.waitMs;
        if (Date.now() - startedAt >= waitMs) throw new Error(options.refuse(holder));
        await sleep(POLL_MS);
      } else {
        races += 1;
        setAside(path);
      }
    }
    throw new Error(`${path} changes hands too fast to be taken. Start again in a moment.`);
  } finally {
    rmSync(draft, { force: true });
  }
}

function held(path: string, holding: LockHolder): Lock {
  const isOurs = () => readHolder(path)?.pid === holding.pid;
  return {
    leave: () => {
      if (isOurs()) writeDurably(path, JSON.stringify({ ...holding, leaving: true }));
    },
    release: () => {
      if (isOurs()) rmSync(path, { force: true });
    },
  };
}

function links(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Renamed first and looked at again after: of two that find the same dead holder, only one may remove it. */
function setAside(path: string): void {
  const aside = `${path}.${process.pid}.${randomUUID()}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
  const holder = readHolder(aside);
  if (holder && stillRuns(holder)) links(aside, path);
  unlinkSync(aside);
}

function readHolder(path: string): LockHolder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const expected =
      error instanceof SyntaxError ||
      error instanceof z.ZodError ||
      (error instanceof Error && "code" in error && error.code === "ENOENT");
    if (expected) return undefined;
    throw error;
  }
}
