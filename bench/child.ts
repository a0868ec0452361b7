import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT, tsxArgs } from "../local/up/root";

export interface ChildOptions {
  /** A TypeScript file, from the root. It sends a first message when it is ready, and ends when its parent is gone. */
  file: string;
  /** A file that runs before it. */
  preload?: string;
  /** Of its log in the folder. */
  name: string;
  folder: string;
  /** Beside this process's own environment. */
  env: Record<string, string>;
}

export interface Child {
  /** Its first message. */
  ready: unknown;
  /** Sends a message and gives its answer; one question at a time. */
  ask(message: object): Promise<unknown>;
  /** Lets go of it; what does not end by itself then is killed. */
  stop(): Promise<void>;
  /** SIGKILL: it is gone between two instructions. */
  kill(): Promise<void>;
}

const READY_TIMEOUT_MS = 30_000;
const ANSWER_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 3_000;

/** Runs a file of ours as a process of its own, which talks to this one by messages and writes its log to the folder. */
export async function startChild({ file, preload, name, folder, env }: ChildOptions): Promise<Child> {
  const log = openSync(join(folder, `${name}.log`), "a");
  const args = tsxArgs(file);
  if (preload !== undefined) args.splice(2, 0, "--import", pathToFileURL(join(ROOT, preload)).href);
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const ended = once(child, "exit");
  const endIn = async (timeoutMs: number) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    await ended.finally(() => clearTimeout(timer));
  };
  const ready = await nextMessage(child, name, READY_TIMEOUT_MS).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return {
    ready,
    ask: (message) => {
      const answer = nextMessage(child, name, ANSWER_TIMEOUT_MS);
      child.send(message);
      return answer;
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await endIn(STOP_TIMEOUT_MS);
    },
    kill: () => endIn(0),
  };
}

async function nextMessage(child: ChildProcess, name: string, timeoutMs: number): Promise<unknown> {
  const calledOff = new AbortController();
  const { signal } = calledOff;
  const timer = setTimeout(() => calledOff.abort(new Error(`${name} said nothing for ${timeoutMs} ms. See its log.`)), timeoutMs);
  try {
    const [message] = await Promise.race([
      once(child, "message", { signal }),
      once(child, "exit", { signal }).then(([code, by]) => {
        throw new Error(`${name} ended with ${code ?? by}. Its log says why.`);
      }),
    ]);
    return message;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    calledOff.abort();
  }
}
