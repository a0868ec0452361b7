import { isolatedVariables } from "../local/up/isolated";
import { type System, startSystem } from "../local/up/system";
import type { BenchOptions } from "./bench";
import { makeBenchFolder } from "./data-folder";

/**
 * Has the stand-ins run on a new folder while `work` does, and points this process's own driver at them; services that `variables` name are
 * not started. Nothing is left of them afterwards, however it ends.
 */
export async function withServices<T>(
  name: string,
  { say, signal }: BenchOptions,
  work: (system: System, folder: string) => Promise<T>,
  variables: Readonly<Record<string, string>> = {},
): Promise<T> {
  const folder = makeBenchFolder(name);
  try {
    const dataDir = `${folder.path}/services`;
    const system = await startSystem({
      dataDir,
      mode: "services-only",
      env: { ...isolatedVariables(), ...variables },
      port: 0,
      seed: false,
      log: say,
      signal,
    });
    try {
      const env = { ...variables, ...system.env };
      Object.assign(process.env, env);
      return await work({ ...system, env }, folder.path);
    } finally {
      await system.stop();
    }
  } finally {
    folder.remove();
  }
}
