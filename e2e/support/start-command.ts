import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { withDescendants } from "../../local/up/descendants";
import { isolatedVariables } from "../../local/up/isolated";
import { ROOT } from "../../local/up/root";

const START_TIMEOUT_MS = 180_000;

const secretsSchema = z.object({ demoPassword: z.string(), bambooControlToken: z.string(), postgresOwnerPassword: z.string() });
const portsSchema = z.object({ portal: z.number(), postgres: z.number(), bamboo: z.number() });

/** The whole system as `npm start` runs it, on a data folder of its own, to be killed without warning. */
export class StartCommand {
  private child: ChildProcess | undefined;

  constructor(private readonly dataDir: string) {}

  /** Resolves when the command says that it is ready; throws, with what it printed, when it does not. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(ROOT, "local", "run.mjs"), "start"], {
      cwd: ROOT,
      env: Object.assign({ NODE_ENV: "production" as const }, isolatedVariables(), { STELLER_DATA: this.dataDir }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    let printed = "";
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`npm start ${why}. It printed:\n${printed}`));
      const timer = setTimeout(() => fail(`was not ready after ${START_TIMEOUT_MS / 1_000} s`), START_TIMEOUT_MS);
      const read = (chunk: Buffer) => {
        printed += chunk.toString();
        if (!printed.includes("Ready in")) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout?.on("data", read);
      child.stderr?.on("data", read);
      child.once("exit", (code) => {
        clearTimeout(timer);
        fail(`ended with ${code}`);
      });
    });
  }

  /** SIGKILL to the command and all that descends from it, the database server included. */
  async killAll(): Promise<void> {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error("Nothing was started");
    const ended = new Promise((resolve) => this.child?.once("exit", resolve));
    for (const member of withDescendants([pid])) killOne(member);
    await ended;
  }

  async stop(): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child?.once("exit", resolve));
    this.child.kill("SIGTERM");
    await ended;
  }

  get secrets() {
    return secretsSchema.parse(JSON.parse(readFileSync(join(ROOT, this.dataDir, "secrets.json"), "utf8")));
  }

  get ports() {
    return portsSchema.parse(JSON.parse(readFileSync(join(ROOT, this.dataDir, "ports.json"), "utf8")));
  }
}

/** It may have ended by itself since it was listed. */
function killOne(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
