import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../local/up/root";
import { writeDurably } from "../../local/up/write-durably";

export interface Browser {
  /** Undefined: Playwright's own. */
  executablePath?: string;
  /** Beside the environment of the tests. */
  env: Record<string, string>;
}

const run = promisify(execFile);
const UNPACK_TIMEOUT_MS = 120_000;
const TRIAL_TIMEOUT_MS = 30_000;
const PACKAGE = "@sparticuz/chromium";

/**
 * The browser of the flows: the one named by `PLAYWRIGHT_CHROMIUM`, else the one that comes as a package (Linux on x64), else
 * Playwright's own, which must have been installed.
 */
export async function prepareBrowser(): Promise<Browser> {
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named) {
    if (!existsSync(named))
      throw new Error(`PLAYWRIGHT_CHROMIUM names ${named}, which does not exist. Name a Chromium, or unset it.`);
    return { executablePath: named, env: {} };
  }
  if (process.platform !== "linux" || process.arch !== "x64") return { env: {} };
  const folder = await unpack();
  const executablePath = join(folder, "chromium");
  const fonts = { FONTCONFIG_FILE: writeFontList(folder) };
  const withOwnLibraries = { ...fonts, LD_LIBRARY_PATH: join(folder, "al2023", "lib") };
  if (await starts(executablePath, fonts)) return { executablePath, env: fonts };
  if (await starts(executablePath, withOwnLibraries)) return { executablePath, env: withOwnLibraries };
  throw new Error(
    `The packaged browser does not start. See what is missing with: ldd ${executablePath}\n` +
      "On Debian and Ubuntu: apt-get install libnss3. Or name another Chromium: PLAYWRIGHT_CHROMIUM=/path/to/chromium npm test -- e2e",
  );
}

/** Unpacks the package once per version, in a folder of ours that appears whole or not at all (the package itself shares one with everybody). */
async function unpack(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve(PACKAGE);
  const version: unknown = JSON.parse(readFileSync(join(dirname(entry), "..", "..", "package.json"), "utf8")).version;
  const folder = join(ROOT, ".data", "browser", String(version));
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const script = `import("${PACKAGE}").then((chromium) => chromium.default.executablePath())`;
  // The name of a runtime of Amazon's makes the package unpack its libraries too, for systems without libnss3.
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
  await run(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT, env, timeout: UNPACK_TIMEOUT_MS });
  renameSync(draft, folder);
  return folder;
}

/** Asking for the version loads every library the browser is linked to, and nothing more. */
async function starts(executablePath: string, env: Record<string, string>): Promise<boolean> {
  try {
    await run(executablePath, ["--version"], { env: { ...process.env, ...env }, timeout: TRIAL_TIMEOUT_MS });
    return true;
  } catch (error) {
    console.warn(
      `The packaged browser does not start with ${Object.keys(env).join(", ")}: ${error instanceof Error ? error.message : error}`,
    );
    return false;
  }
}

/** The package's own list of font folders names places of another system. */
function writeFontList(folder: string): string {
  const path = join(folder, "fonts.conf");
  const dirs = [join(folder, "fonts"), "/usr/share/fonts"].map((dir) => `  <dir>${dir}</dir>`);
  const text = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    "<fontconfig>",
    ...dirs,
    `  <cachedir>${join(folder, "fonts-cache")}</cachedir>`,
    "</fontconfig>",
    "",
  ];
  writeDurably(path, text.join("\n"));
  return path;
}
