import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../local/up/root";

/** PostgreSQL refuses to be root: started by root it runs as nobody, who must be able to walk to its data. */
const EVERYONE_MAY_ENTER = 0o755;

export interface BenchFolder {
  path: string;
  remove(): void;
}

/** A new folder on the disk of the repository (a folder for temporary files may lie in memory, where a commit costs nothing). */
export function makeBenchFolder(name: string): BenchFolder {
  const parent = join(ROOT, ".data", "bench");
  mkdirSync(parent, { recursive: true });
  const path = mkdtempSync(join(parent, `${name}-`));
  chmodSync(path, EVERYONE_MAY_ENTER);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
