import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { GROUPS } from "./environment";
import { takeLock } from "./lock";
import { NEXT_BIN, ROOT } from "./root";
import { runScript } from "./run-script";
import { writeDurably } from "./write-durably";

const FOLDERS = ["app", "components", "lib", "inngest", "drizzle", "public"];
const ROOT_FILES = /^(?:next\.config\.\w+|package-lock\.json|postcss\.config\.\w+|proxy\.ts|instrumentation[^/]*\.ts)$/;
const NOT_BUILT = /\.test\.tsx?$|^drizzle\/migrations\//;
const BUILD_TIMEOUT_MS = 10 * 60_000;
const OTHER_BUILD_WAIT_MS = BUILD_TIMEOUT_MS;

/** A digest of what the production build is made from, but for `tsconfig.json`, which Next may complete while it builds. */
export function sourceHash(root: string): string {
  const paths = [
    ...readdirSync(root).filter((name) => ROOT_FILES.test(name)),
    ...FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(
        (path) => `${folder}/${path.replaceAll("\\", "/")}`,
      ),
    ),
  ];
  const hash = createHash("sha256");
  for (const path of paths.sort()) {
    if (NOT_BUILT.test(path) || !statSync(join(root, path)).isFile()) continue;
    hash.update(`${path}\0`).update(
      createHash("sha256")
        .update(readFileSync(join(root, path)))
        .digest(),
    );
  }
  return hash.digest("hex");
}

const stampPath = (root: string): string => join(root, ".next", "steller-build.json");

/** Whether `.next` holds a finished build of these very sources. */
export function isBuilt(root: string): boolean {
  const stamp = stampPath(root);
  if (!existsSync(stamp) || !existsSync(join(root, ".next", "BUILD_ID"))) return false;
  return readFileSync(stamp, "utf8") === stampText(root, sourceHash(root));
}

/** What is kept beside a build; `sources` is the digest taken before it began, so that an edit during a build makes it stale. */
export function stampText(root: string, sources: string): string {
  const tsconfig = join(root, "tsconfig.json");
  const config = existsSync(tsconfig) ? createHash("sha256").update(readFileSync(tsconfig)).digest("hex") : "";
  return `${JSON.stringify({ sources, config })}\n`;
}

export interface BuildOptions {
  /** Where its log goes. */
  dataDir: string;
  env: Record<string, string>;
  signal?: AbortSignal;
  /** Called when there is something to build. */
  onBuild?: () => void;
}

/**
 * Builds the portal unless `.next` is up to date; gives whether it had to. The build knows no address and no secret
 * (all are blank), so that one build serves every data folder and environment.
 */
export async function buildIfStale({ dataDir, env, signal, onBuild }: BuildOptions): Promise<boolean> {
  if (isBuilt(ROOT)) return false;
  const lock = await takeLock(join(ROOT, ".data", "build.lock"), {
    waitMs: OTHER_BUILD_WAIT_MS,
    refuse: (holder) => `Process ${holder.pid} has been building the portal for too long. End it and start again.`,
  });
  try {
    if (isBuilt(ROOT)) return false;
    onBuild?.();
    const sources = sourceHash(ROOT);
    await runScript({
      name: "build",
      args: [NEXT_BIN, "build"],
      env: withoutServices(env),
      dataDir,
      timeoutMs: BUILD_TIMEOUT_MS,
      advice: "Mend the first error above (npm run typecheck often says it more plainly) and start again.",
      signal,
    });
    writeDurably(stampPath(ROOT), stampText(ROOT, sources));
    return true;
  } finally {
    lock.release();
  }
}

const SECRETS = [
  "APP_URL",
  "AUTH_SECRET",
  "CARD_MASTER_KEYS",
  "CARD_FINGERPRINT_KEY",
  "BAMBOO_NOTIFICATION_SECRET",
  "BAMBOO_ACCOUNT_ID",
];

/** Blank, not absent: Next fills what is absent from an `.env` file. */
export function withoutServices(env: Record<string, string>): Record<string, string> {
  const names = [...GROUPS.flatMap((group) => [...group.required, ...group.optional]), ...SECRETS];
  return { ...env, ...Object.fromEntries(names.map((name) => [name, ""])), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
}
