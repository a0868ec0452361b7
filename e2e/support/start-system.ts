import { rmSync } from "node:fs";
import { join } from "node:path";
import { isolatedVariables } from "../../local/up/isolated";
import { ROOT } from "../../local/up/root";
import { startSystem } from "../../local/up/system";
import { prepareBrowser } from "./browser";

/**
 * Runs the whole portal for the flows, as a process of its own (so that it is loaded as `npm start` loads it, whatever the test
 * runner does to modules), on a fresh data folder. Tells its parent where it is, and ends with it.
 */
async function main(): Promise<void> {
  const dataDir = join(ROOT, ".data", "e2e");
  const log = (line: string) => console.log(line);
  const callingOff = new AbortController();
  const asked = new Promise<void>((resolve) => {
    for (const reason of ["SIGTERM", "SIGINT", "disconnect"]) process.once(reason, () => resolve());
  });
  void asked.then(() => callingOff.abort(new Error("Called off.")));
  rmSync(dataDir, { recursive: true, force: true });
  const browser = await prepareBrowser();
  const system = await startSystem({ dataDir, mode: "start", env: isolatedVariables(), port: 0, log, signal: callingOff.signal });
  process.send?.({ env: system.env, urls: system.urls, signIns: system.signIns, pids: system.pids, browser });
  await Promise.race([asked, system.broken.then((reason) => console.error(reason))]);
  await system.stop();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
