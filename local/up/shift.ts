import { setTimeout as sleep } from "node:timers/promises";
import type { ChildCommand } from "./child";
import type { DataFolder } from "./data-folder";
import { withDescendants } from "./descendants";
import type { Log } from "./phases";
import { endOne } from "./signals";
import { type Supervised, supervise } from "./supervise";

/** How the shift ends: in this order, each with the time it is given to end by itself. Ten seconds for all, with what the forcing takes. */
const LAST_ORDERS: { name: string; patienceMs: number }[] = [
  { name: "web", patienceMs: 2_500 },
  { name: "inngest", patienceMs: 1_500 },
  { name: "bamboo", patienceMs: 1_000 },
  { name: "upstash", patienceMs: 500 },
  { name: "postgres", patienceMs: 2_500 },
];
const KILL_WAIT_MS = 2_000;

/** The children of one start, from the first to come to the last to leave. */
export class Shift {
  private readonly running = new Map<string, Supervised>();
  private readonly callingOff = new AbortController();
  private stopping: Promise<void> | undefined;
  private reportBroken: (reason: string) => void = () => undefined;
  /** Resolves if a child died too often. */
  readonly broken = new Promise<string>((resolve) => {
    this.reportBroken = resolve;
  });

  constructor(
    private readonly folder: DataFolder,
    private readonly log: Log,
    outer: AbortSignal | undefined,
  ) {
    if (outer?.aborted) this.callOff(outer.reason);
    outer?.addEventListener("abort", () => this.callOff(outer.reason), { once: true });
  }

  /** Aborted when the start fails or is called off: whatever still waits gives up. */
  get signal(): AbortSignal {
    return this.callingOff.signal;
  }

  /** Starts a child and keeps it running. */
  async start(command: Omit<ChildCommand, "signal">): Promise<Supervised> {
    this.signal.throwIfAborted();
    const child = await supervise(
      { ...command, signal: this.signal },
      { record: this.folder.record, log: this.log, onGivenUp: (reason) => this.reportBroken(reason) },
    );
    this.running.set(command.name, child);
    this.signal.throwIfAborted();
    return child;
  }

  /** Like `Promise.all`, but the first failure calls the others off and waits for them, so that nothing starts behind our back. */
  async all<T extends readonly unknown[]>(work: T): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
    const watched = work.map(async (item) => {
      try {
        return await item;
      } catch (error) {
        this.callOff(error);
        throw error;
      }
    });
    await Promise.allSettled(watched);
    this.signal.throwIfAborted();
    return (await Promise.all(watched)) as { [K in keyof T]: Awaited<T[K]> };
  }

  /** Process ids by name, read afresh at each look. */
  get pids(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.running].map(([name, child]) => [name, child.pid()]));
  }

  get(name: string): Supervised | undefined {
    return this.running.get(name);
  }

  stop(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  async killAll(): Promise<void> {
    this.folder.lock.leave();
    const children = [...this.running.values()];
    const family = withDescendants(children.filter((child) => !child.child().hasEnded()).map((child) => child.pid()));
    for (const child of children) child.kill();
    for (const pid of family) endOne(pid, "SIGKILL");
    await Promise.race([
      Promise.all(children.map((child) => child.child().ended)),
      sleep(KILL_WAIT_MS, undefined, { ref: false }),
    ]);
    this.stopping ??= Promise.resolve();
    this.folder.record.clear();
    this.folder.lock.release();
  }

  private async stopInOrder(): Promise<void> {
    this.folder.lock.leave();
    this.callOff(new Error("Stopping."));
    for (const { name, patienceMs } of LAST_ORDERS) await this.running.get(name)?.stop(patienceMs);
    this.folder.record.clear();
    this.folder.lock.release();
  }

  private callOff(reason: unknown): void {
    if (!this.signal.aborted) this.callingOff.abort(reason);
  }
}
