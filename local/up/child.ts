import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, fstatSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { childEnvironment } from "./base-environment";
import { headline, openLog, readFrom, TAIL_LINES, tailOf } from "./logs";
import { endGroup } from "./signals";

export interface ChildCommand {
  name: string;
  /** Arguments of Node itself: loaders, the file, its arguments. */
  args: string[];
  cwd: string;
  env: Record<string, string>;
  dataDir: string;
  /** Wait for the line `{"ready":true,...}`; without it the child counts as started once it runs. */
  announces: boolean;
  readyTimeoutMs: number;
  /** Ends the wait: the start is being called off. */
  signal?: AbortSignal;
}

export interface Child {
  pid: number;
  logPath: string;
  /** Resolves, once, with how it ended. */
  ended: Promise<string>;
  hasEnded(): boolean;
}

const POLL_MS = 25;
const CALLED_OFF_WAIT_MS = 3_000;
const MAX_READY_BYTES = 256 * 1024;

/**
 * Starts one child in a process group of its own, so that a Ctrl-C meant for all reaches us alone and we stop them in order.
 * Its output goes straight to its log, never through a pipe of ours that could break under it; its standard input is a pipe that
 * ends when we do, however we end. Throws, with the end of the log, when it does not become ready.
 */
export async function startChild(command: ChildCommand): Promise<Child> {
  const { path, file } = openLog(command.dataDir, command.name);
  const offset = fstatSync(file).size;
  writeSync(file, headline(command.name));
  const started = spawn(process.execPath, command.args, {
    cwd: command.cwd,
    env: childEnvironment(command.env),
    stdio: ["pipe", file, file],
    detached: process.platform !== "win32",
  });
  closeSync(file);
  // Nothing is ever written to it: an error only says that the child is gone, which its exit says better.
  started.stdin?.on("error", () => undefined);
  const child = watch(started, path);
  if (command.announces) await announced(command, child, offset);
  return child;
}

function watch(started: ChildProcess, logPath: string): Child {
  let end: string | undefined;
  const ended = new Promise<string>((resolve) => {
    const finish = (how: string) => {
      end ??= how;
      resolve(end);
    };
    started.once("error", (error) => finish(error.message));
    started.once("exit", (code, signal) => finish(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
  return { pid: started.pid ?? 0, logPath, ended, hasEnded: () => end !== undefined };
}

async function announced(command: ChildCommand, child: Child, offset: number): Promise<void> {
  const deadline = Date.now() + command.readyTimeoutMs;
  while (Date.now() < deadline) {
    if (command.signal?.aborted) {
      endGroup(child.pid, "SIGTERM");
      await Promise.race([child.ended, sleep(CALLED_OFF_WAIT_MS)]);
      if (!child.hasEnded()) endGroup(child.pid, "SIGKILL");
      command.signal.throwIfAborted();
    }
    if (/^\{"ready":true.*\}$/m.test(readFrom(child.logPath, offset, MAX_READY_BYTES))) return;
    if (child.hasEnded()) throw notReady(command.name, child, await child.ended);
    await sleep(POLL_MS);
  }
  if (child.pid > 0) endGroup(child.pid, "SIGKILL");
  throw notReady(command.name, child, `not ready after ${Math.round(command.readyTimeoutMs / 1000)} s`);
}

/** The error for a child that did not come up: what happened, the end of its log, and where the rest is. */
export function notReady(name: string, child: Child, why: string): Error {
  return new Error(
    `${name} did not become ready: ${why}.\nThe last ${TAIL_LINES} lines of its log:\n${indent(tailOf(child.logPath))}\n` +
      `The whole log: ${child.logPath}\nMend what it names and start again; nothing of the data is lost.`,
  );
}

const indent = (text: string): string => text.replaceAll(/^/gm, "  | ");
