import { isolatedVariables } from "../local/up/isolated";
import { type System, startSystem } from "../local/up/system";
import type { BenchOptions } from "./bench";

/**
 * The production build, served on the port that the stand-ins know, with every service named: those of `services`, whose database may
 * be reached another way. Its own folder keeps logs only.
 */
export function startPortal(
  services: System,
  folder: string,
  { say, signal }: BenchOptions,
  databaseProxy = services.env.DATABASE_WS_PROXY,
): Promise<System> {
  return startSystem({
    dataDir: `${folder}/portal`,
    mode: "start",
    env: { ...isolatedVariables(), ...services.env, DATABASE_WS_PROXY: databaseProxy },
    port: Number(new URL(services.urls.portal).port),
    seed: false,
    log: say,
    signal,
  });
}
