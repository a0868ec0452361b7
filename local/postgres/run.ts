import { spawn } from "node:child_process";
import type { ServerUser } from "./user";

const MAX_OUTPUT_CHARS = 16_384;

export interface RunResult {
  code: number | null;
  /** The last part of standard output and error together. */
  output: string;
}

/** Runs one program of PostgreSQL to its end. Rejects if it cannot be started; a failure of its own is in the result. */
export function run(
  program: string,
  args: string[],
  options: { user: ServerUser; cwd: string; timeoutMs: number },
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...options.user,
      cwd: options.cwd,
      env: serverEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.timeoutMs,
      killSignal: "SIGKILL",
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString("utf8")).slice(-MAX_OUTPUT_CHARS);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

/**
 * Only what PostgreSQL needs: a PGPORT or PGDATA of the caller's must not redirect it, secrets of the caller's have no
 * business in it, and its messages must be in English because some are read.
 */
export function serverEnvironment(): NodeJS.ProcessEnv {
  // NODE_ENV means nothing to PostgreSQL, but Next.js makes it a required part of the type.
  const { PATH, SystemRoot, TEMP, NODE_ENV } = process.env;
  return { PATH, SystemRoot, TEMP, NODE_ENV, LC_ALL: "C", TZ: "UTC" };
}
