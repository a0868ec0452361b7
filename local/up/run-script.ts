import { spawn } from "node:child_process";
import { closeSync, writeSync } from "node:fs";
import { childEnvironment } from "./base-environment";
import { headline, openLog, TAIL_LINES, tailOf } from "./logs";
import { ROOT } from "./root";
import { endGroup } from "./signals";

export interface ScriptOptions {
  name: string;
  args: string[];
  env: Record<string, string>;
  dataDir: string;
  timeoutMs: number;
  /** What a person should do when it fails. */
  advice: string;
  /** Ends it early: the start is being called off. */
  signal?: AbortSignal;
}

const MAX_OUTPUT_BYTES = 1024 * 1024;

/** Runs a one-shot child to its end and gives its standard output (at most 1 MB); all of it is in its log too. Throws with the log's end. */
export async function runScript(options: ScriptOptions): Promise<string> {
  const { path, file } = openLog(options.dataDir, options.name);
  writeSync(file, headline(options.name));
  const child = spawn(process.execPath, options.args, {
    cwd: ROOT,
    env: childEnvironment(options.env),
    stdio: ["pipe", "pipe", file],
    detached: process.platform !== "win32",
  });
  let output = "";
  let why = "";
  // Never written to; it only lets the child see that we are gone.
  child.stdin?.on("error", () => undefined);
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    writeSync(file, text);
    if (output.length < MAX_OUTPUT_BYTES) output += text;
  });
  const end = (reason: string) => {
    why = reason;
    endGroup(child.pid ?? 0, "SIGKILL");
  };
  const timer = setTimeout(() => end(`not done after ${options.timeoutMs / 1000} s`), options.timeoutMs);
  const onAbort = () => end("called off");
  options.signal?.addEventListener("abort", onAbort, { once: true });
  const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve)).finally(
    () => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", onAbort);
      closeSync(file);
    },
  );
  if (code === 0 && why === "") return output;
  const tail = tailOf(path).replaceAll(/^/gm, "  | ");
  throw new Error(
    `${options.name} failed (${why || `exit code ${code}`}).\nThe last ${TAIL_LINES} lines of its log:\n${tail}\nThe whole log: ${path}\n${options.advice}`,
  );
}
