import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "@/local/up/root";

/** Runs the bundle from what V8 kept of compiling it. Told to keep, it writes what has been compiled by then. */
const LOADER = `
const { existsSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");
const [bundle, kept] = [__dirname + "/drive.bundle.cjs", __dirname + "/drive.compiled"];
const script = new Script("(function (exports, require, module) {" + readFileSync(bundle, "utf8") + "\\n})", {
  filename: bundle,
  ...(existsSync(kept) && { cachedData: readFileSync(kept) }),
});
process.on("message", ({ kind }) => {
  if (kind !== "keep") return;
  writeFileSync(kept + ".new", script.createCachedData());
  renameSync(kept + ".new", kept);
  process.send({ kind: "done", result: null });
});
script.runInThisContext()(exports, require, module);
`;

/**
 * Makes `drive.ts` one file that starts in a fraction of the time that its sources take, since hundreds of processes are started only to
 * be killed. Answers the script to run.
 */
export async function bundleDriver(folder: string): Promise<string> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, "e2e", "faults", "drive.ts")],
    outfile: join(folder, "drive.bundle.cjs"),
    bundle: true,
    minify: true,
    keepNames: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "error",
  });
  const loader = join(folder, "drive.cjs");
  writeFileSync(loader, LOADER);
  return loader;
}
