import { randomBytes } from "node:crypto";
import { chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, errorText } from "./errors";
import type { Binaries } from "./package";
import { run } from "./run";
import type { ServerUser } from "./user";

const UNFINISHED_PREFIX = "unfinished-";
const PASSWORD_FILE = "superuser-password";
const POSTGRES_MAJOR = "18";
const INITDB_TIMEOUT_MS = 120_000;
/**
 * pg_trgm classes characters by the C library's locale even when the collation is builtin: under plain "C" it drops every
 * letter that is not ASCII, and a search for "Café" finds nothing. These UTF-8 locales are tried in turn.
 */
const CHARACTER_LOCALES: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ["C.UTF-8", "en_US.UTF-8"],
  darwin: ["en_US.UTF-8"],
};

export interface ClusterPlace {
  dataDir: string;
  cluster: string;
  binaries: Binaries;
  user: ServerUser;
  log: (line: string) => void;
}

/**
 * Makes the cluster folder unless it is there, and returns the superuser's password.
 *
 * A crash at any moment leaves either no cluster or a whole one: initdb works in a folder of its own, which is renamed
 * into place when it is complete, and what an earlier crash left behind is removed.
 */
export async function ensureCluster(place: ClusterPlace): Promise<string> {
  const password = await ensureSuperuserPassword(place.dataDir);
  await removeUnfinished(place);
  const version = await readIfThere(join(place.cluster, "PG_VERSION"));
  if (version === undefined) await createCluster(place, password);
  else if (version.trim() !== POSTGRES_MAJOR) {
    throw new Error(
      `The database in ${place.cluster} was made by PostgreSQL ${version.trim()}; this is ${POSTGRES_MAJOR}. ` +
        "Choose another data folder, or remove that one if its contents may go.",
    );
  }
  return password;
}

async function createCluster(place: ClusterPlace, password: string): Promise<void> {
  const work = await mkdtemp(join(place.dataDir, UNFINISHED_PREFIX));
  const made = join(work, "cluster");
  const passwordFile = join(work, "password");
  await mkdir(made, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  for (const path of [work, made, passwordFile]) await giveTo(place.user, path);
  await initialise(place, made, passwordFile);
  await rename(made, place.cluster).catch((cause: unknown) => {
    throw new Error(`Another start made ${place.cluster} at the same moment. Start one at a time on one folder.`, { cause });
  });
  await syncFolder(place.dataDir);
  await rm(work, { recursive: true, force: true });
}

async function initialise(place: ClusterPlace, made: string, passwordFile: string): Promise<void> {
  const locales = [...(CHARACTER_LOCALES[process.platform] ?? []), "C"];
  for (const [index, locale] of locales.entries()) {
    const result = await run(place.binaries.initdb, initdbArguments(made, passwordFile, locale), {
      user: place.user,
      cwd: place.dataDir,
      timeoutMs: INITDB_TIMEOUT_MS,
    });
    if (result.code === 0) return;
    const another = index + 1 < locales.length && result.output.includes("invalid locale name");
    if (!another) throw new Error(`initdb could not make a database in ${place.dataDir}: ${result.output.trim()}`);
    place.log(`This system has no locale ${locale}: trying the next. Under "C", search ignores letters beyond ASCII.`);
  }
}

/** Password, not SCRAM, on the wire: it never leaves 127.0.0.1, and SCRAM in the driver costs 0.2 s per connection. */
function initdbArguments(made: string, passwordFile: string, characterLocale: string): string[] {
  return [
    `--pgdata=${made}`,
    "--username=postgres",
    "--auth=password",
    `--pwfile=${passwordFile}`,
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    `--lc-ctype=${characterLocale}`,
  ];
}

/** Kept beside the cluster, for this process only: roles and extensions are put right at each start. */
async function ensureSuperuserPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, PASSWORD_FILE);
  const kept = (await readIfThere(file))?.trim();
  if (kept) return kept;
  const password = randomBytes(24).toString("hex");
  const written = `${file}.${process.pid}`;
  const handle = await open(written, "w", 0o600);
  try {
    await handle.writeFile(`${password}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(written, file);
  await syncFolder(dataDir);
  return password;
}

async function removeUnfinished({ dataDir, log }: ClusterPlace): Promise<void> {
  const left = (await readdir(dataDir)).filter((name) => name.startsWith(UNFINISHED_PREFIX));
  for (const name of left) {
    // An initdb that outlived its parent may still be writing; it fails by itself, and the next start removes the rest.
    await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 }).catch((error: unknown) =>
      log(`Could not remove ${name}, left by an earlier start: ${errorText(error)}`),
    );
  }
}

async function giveTo(user: ServerUser, path: string): Promise<void> {
  if (user.uid !== undefined && user.gid !== undefined) await chown(path, user.uid, user.gid);
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  });
}

/** A rename survives a power cut only once its folder is on disk; Windows cannot open a folder, and needs no such step. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
