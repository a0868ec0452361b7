import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "./free-port";
import type { Binaries } from "./package";
import { readPidFile } from "./pid-file";
import { serverEnvironment } from "./run";
import { serverArguments } from "./settings";
import { stopServer } from "./stop-server";
import type { ServerUser } from "./user";
import { watchOver } from "./watchdog";

const READY_POLL_MS = 5;
/** Recovery after a crash replays at most a few checkpoints' worth of log. */
const READY_TIMEOUT_MS = 120_000;
const MAX_LAUNCHES = 60;
const RELAUNCH_PAUSE_MS = 250;
const KEPT_LINES = 40;

export interface ServerOptions {
  cluster: string;
  binaries: Binaries;
  user: ServerUser;
  port?: number;
  settings: Record<string, string>;
  log: (line: string) => void;
}

export interface Server {
  port: number;
  /** Settles when the server is gone, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

interface Launch extends Server {
  ended: () => boolean;
  child: ChildProcess;
  lastLines: string[];
}

/** Starts PostgreSQL on an existing cluster and waits until it takes connections. */
export async function startServer(options: ServerOptions): Promise<Server> {
  for (let attempt = 1; attempt <= MAX_LAUNCHES; attempt++) {
    const launch = await launchServer(options);
    if (await becomesReady(launch, options.cluster)) return launch;
    await launch.kill();
    const said = launch.lastLines.join("\n");
    if (!mayPass(said, options.port === undefined)) throw new Error(whyNot(said, launch.port));
    await sleep(RELAUNCH_PAUSE_MS);
  }
  throw new Error(
    `PostgreSQL did not start on ${options.cluster} in ${MAX_LAUNCHES} attempts: its last processes still hold it.`,
  );
}

async function launchServer(options: ServerOptions): Promise<Launch> {
  const { cluster, binaries, user, log } = options;
  const port = options.port ?? (await findFreePort());
  const child = spawn(binaries.postgres, serverArguments(cluster, port, options.settings), {
    ...user,
    cwd: cluster,
    env: serverEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
    detached: process.platform !== "win32",
  });
  const lastLines = followLines(child, log);
  let isEnded = false;
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      isEnded = true;
      resolve();
    };
    child.once("exit", end);
    child.once("error", (error) => {
      lastLines.push(`could not run ${binaries.postgres}: ${error.message}`);
      end();
    });
  });
  const pid = child.pid;
  const dismiss = pid === undefined ? () => undefined : watchOver(pid, user, cluster, log);
  exited.then(dismiss);
  const isAlive = async () => !isEnded;
  const stop = async () => {
    if (!isEnded && pid !== undefined) await stopServer({ pid, cluster, binaries, user, isAlive });
  };
  const kill = async () => {
    if (!isEnded) child.kill("SIGKILL");
    await exited;
  };
  return { port, exited, stop, kill, ended: () => isEnded, child, lastLines };
}

function followLines(child: ChildProcess, log: (line: string) => void): string[] {
  const kept: string[] = [];
  let rest = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      kept.push(line);
      log(line);
    }
    kept.splice(0, kept.length - KEPT_LINES);
  });
  return kept;
}

/** PostgreSQL writes its state into postmaster.pid, as pg_ctl reads it: exact, and no connection is spent on asking. */
async function becomesReady(launch: Launch, cluster: string): Promise<boolean> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!launch.ended() && Date.now() < deadline) {
    const file = await readPidFile(cluster);
    if (file?.status === "ready" && file.pid === launch.child.pid) return true;
    await sleep(READY_POLL_MS);
  }
  return false;
}

/** Sessions of a server that was killed hold its memory for a moment; a port found free may be taken before it is used. */
function mayPass(said: string, isOwnChoiceOfPort: boolean): boolean {
  return said.includes("is still in use") || (isOwnChoiceOfPort && said.includes("could not bind"));
}

function whyNot(said: string, port: number): string {
  const taken = said.includes("could not bind")
    ? `Port ${port} of 127.0.0.1 is taken: stop what listens there, or choose another port. `
    : "";
  return `${taken}PostgreSQL did not start. It said:\n${said || "(nothing)"}`;
}
