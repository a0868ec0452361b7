import { join, relative } from "node:path";
import { build } from "esbuild";
import { ROOT } from "@/local/up/root";

/** Scripts to run, from the root. */
export interface Bundled {
  instance: string;
  shiftClock: string;
}

/** What was CommonJS asks for the modules of Node by `require`. */
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** Makes one file of an instance of the product, since ten of them start at once on two cores. */
export async function bundleInstance(folder: string): Promise<Bundled> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: { instance: "e2e/faults/chaos/instance.ts", "shift-clock": "bench/supplier/shift-clock.ts" },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    keepNames: true,
    platform: "node",
    target: "node20",
    format: "esm",
    banner: { js: REQUIRE },
    logLevel: "error",
  });
  const script = (name: string) => relative(ROOT, join(folder, `${name}.mjs`));
  return { instance: script("instance"), shiftClock: script("shift-clock") };
}
