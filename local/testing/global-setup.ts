import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { isolatedVariables } from "../up/isolated";
import { startSystem } from "../up/system";

declare module "vitest" {
  export interface ProvidedContext {
    /** The product's environment, pointed at the stand-ins of this run. */
    stellerEnv: Record<string, string>;
  }
}

/** PostgreSQL refuses to be root: started by root it runs as nobody, who must be able to walk to its data. */
const EVERYONE_MAY_ENTER = 0o755;

/** Starts the stand-ins on a fresh data folder, without demo data, for all integration tests of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "steller-int-"));
  chmodSync(dataDir, EVERYONE_MAY_ENTER);
  const system = await startSystem({
    dataDir,
    mode: "services-only",
    env: isolatedVariables(),
    port: 0,
    seed: false,
    log: console.log,
  });
  project.provide("stellerEnv", { ...system.env, NODE_ENV: "test" });
  return async () => {
    await system.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
