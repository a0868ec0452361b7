import { type ChildProcess, spawn } from "node:child_process";
import type { FromDriven, Results, Task, ToDriven } from "./tasks";

const MAX_STDERR = 20_000;

export interface DrivenOptions {
  driver: string;
  env: NodeJS.ProcessEnv;
  /** Makes so much time pass. */
  pass: (waitMs: number) => Promise<void>;
}

export type Ended<K extends Task["kind"]> = { kind: "done"; result: Results[K] } | { kind: "killed" };

/** A process that runs `drive.ts`. It ends with us, however we end. */
export class Driven {
  /** The last answer that a partner got from it. */
  answered: string | undefined;
  /** Called when it tells a partner something, or waits. */
  onSpoken: () => void = () => undefined;
  private readonly child: ChildProcess;
  private readonly exited: Promise<void>;
  private stderr = "";
  private listener: ((message: FromDriven) => void) | undefined;

  constructor(private readonly options: DrivenOptions) {
    this.child = spawn(process.execPath, [options.driver], { env: options.env, stdio: ["ignore", "ignore", "pipe", "ipc"] });
    this.exited = new Promise((resolve) => this.child.once("exit", () => resolve()));
    this.child.stderr?.on("data", (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString()).slice(-MAX_STDERR);
    });
    this.child.on("message", (message: FromDriven) => this.listener?.(message));
    // A message to a process that is just being killed: its exit says it better.
    this.child.on("error", () => undefined);
  }

  /** SIGKILL, now: not one more instruction of it runs. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  async end(): Promise<void> {
    this.kill();
    await this.exited;
  }

  /** Has it do something. Throws what it threw; says so when it was killed at it. */
  async run<K extends Task["kind"]>(task: Extract<Task, { kind: K }>): Promise<Ended<K>> {
    const outcome = await Promise.race([
      this.outcomeOf({ kind: "task", task }),
      this.exited.then(() => ({ kind: "killed" as const })),
    ]);
    if (outcome.kind === "killed") return outcome;
    if (outcome.kind === "done") return { kind: "done", result: outcome.result as Results[K] };
    throw new Error(`The driven process failed at "${task.kind}": ${outcome.error}\n${this.stderr}`);
  }

  /** The same for a process that nobody kills. */
  async must<K extends Task["kind"]>(task: Extract<Task, { kind: K }>): Promise<Results[K]> {
    const ended = await this.run<K>(task);
    if (ended.kind === "killed") throw new Error(`The driven process died at "${task.kind}":\n${this.stderr}`);
    return ended.result;
  }

  /** Later processes start with all that this one has compiled by now. */
  async keepCompiled(): Promise<void> {
    await this.outcomeOf({ kind: "keep" });
  }

  private outcomeOf(message: ToDriven): Promise<Extract<FromDriven, { kind: "done" | "threw" }>> {
    return new Promise((resolve) => {
      this.listener = (told) => {
        this.onSpoken();
        switch (told.kind) {
          case "answered":
            this.answered = told.body;
            return;
          case "waits":
            this.options.pass(told.waitMs).then(
              () => this.tell({ kind: "passed" }),
              (error: unknown) => resolve({ kind: "threw", error: String(error) }),
            );
            return;
          case "done":
          case "threw":
            return resolve(told);
        }
      };
      this.tell(message);
    });
  }

  private tell(message: ToDriven): void {
    if (this.child.connected) this.child.send(message);
  }
}
