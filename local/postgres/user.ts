import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "./errors";

/** "nobody" on Linux and most Unix systems; initdb wants a user that has a passwd entry. */
const NOBODY_ID = 65534;

/** Empty when PostgreSQL runs as the user of this process. */
export interface ServerUser {
  uid?: number;
  gid?: number;
}

/**
 * Whom PostgreSQL runs as. It refuses to run as root, so root hands it to the owner of the existing cluster, or to
 * "nobody" for a new one; an ordinary user runs it as themselves.
 *
 * @param cluster the cluster folder, which need not exist yet.
 */
export async function chooseServerUser(cluster: string): Promise<ServerUser> {
  const ownUid = process.getuid?.();
  if (ownUid === undefined) return {};
  const owner = await ownerOf(cluster);
  if (ownUid !== 0) {
    if (owner && owner.uid !== ownUid) throw new Error(wrongOwner(cluster, owner.uid, ownUid, process.getgid?.() ?? ownUid));
    return {};
  }
  if (owner?.uid === 0) throw new Error(wrongOwner(cluster, 0, NOBODY_ID, NOBODY_ID));
  return owner ?? { uid: NOBODY_ID, gid: NOBODY_ID };
}

/**
 * Refuses a path that the user PostgreSQL runs as cannot enter, naming the folder that stands in the way. Without this
 * PostgreSQL only says "could not access directory" about a path that plainly exists. Reads modes, not access lists.
 */
export async function assertReachable(user: ServerUser, path: string): Promise<void> {
  if (user.uid === undefined) return;
  for (const step of stepsTo(path)) {
    const { uid, gid, mode } = await stat(step);
    const mayEnter = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
    if (mayEnter) continue;
    throw new Error(
      `PostgreSQL does not run as root, so it is started as user ${user.uid}, who cannot enter ${step} ` +
        `(mode ${(mode & 0o777).toString(8)}) on the way to ${path}. Do one of these: move the project or its data to a folder ` +
        `everyone can enter, such as /srv; run "chmod o+x ${step}"; or start as an ordinary user instead of root.`,
    );
  }
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function wrongOwner(cluster: string, owner: number, uid: number, gid: number): string {
  return (
    `The database in ${cluster} belongs to user ${owner}, but PostgreSQL would run as user ${uid}. ` +
    `Run "chown -R ${uid}:${gid} ${cluster}" as root, start as the owner, or choose another data folder.`
  );
}

function stepsTo(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...stepsTo(parent), path];
}
