import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { identify, type ProcessIdentity, stillRuns } from "./process-identity";
import { endGroup } from "./signals";
import { writeDurably } from "./write-durably";

const recordSchema = z.record(z.string(), z.object({ pid: z.number(), startedAt: z.string() }));

const POLITE_MS = 5_000;
const POLL_MS = 50;

/** Who runs on a data folder, written down so that the next start can end what a killed one left behind. */
export class RunningRecord {
  private readonly path: string;
  private readonly running = new Map<string, ProcessIdentity>();

  constructor(dataDir: string) {
    this.path = join(dataDir, "pids.json");
  }

  add(name: string, pid: number): void {
    const identity = identify(pid);
    if (identity) this.running.set(name, identity);
    this.write();
  }

  remove(name: string): void {
    this.running.delete(name);
    this.write();
  }

  clear(): void {
    this.running.clear();
    rmSync(this.path, { force: true });
  }

  /** Ends what an earlier start left running: asked first, then made to. Only processes that are still the recorded ones. Gives their names. */
  async endLeftovers(): Promise<string[]> {
    const left = Object.entries(this.read()).filter(([, identity]) => stillRuns(identity));
    for (const [, identity] of left) endGroup(identity.pid, "SIGTERM");
    const deadline = Date.now() + POLITE_MS;
    while (Date.now() < deadline && left.some(([, identity]) => stillRuns(identity))) await sleep(POLL_MS);
    for (const [, identity] of left) if (stillRuns(identity)) endGroup(identity.pid, "SIGKILL");
    this.clear();
    return left.map(([name]) => name);
  }

  private write(): void {
    writeDurably(this.path, `${JSON.stringify(Object.fromEntries(this.running), undefined, 2)}\n`);
  }

  /** A record that cannot be read was cut short by a crash of the machine, which left nothing running. */
  private read(): Record<string, ProcessIdentity> {
    if (!existsSync(this.path)) return {};
    const parsed = recordSchema.safeParse(parseJson(readFileSync(this.path, "utf8")));
    return parsed.success ? parsed.data : {};
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
