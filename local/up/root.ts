import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, whatever the current folder is. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Node's arguments that run a TypeScript file of ours, in one process (the `tsx` command would put a second one between). */
export function tsxArgs(file: string): string[] {
  return ["--import", new URL("../../node_modules/tsx/dist/loader.mjs", import.meta.url).href, join(ROOT, file)];
}

export const NEXT_BIN = join(ROOT, "node_modules", "next", "dist", "bin", "next");
