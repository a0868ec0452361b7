import type { Bytes } from "./bytes";
import type { Db } from "./db";
import { wrongType } from "./errors";
import { SortedSet } from "./sorted-set";

/** What a key holds, as the type a command works on: `undefined` if absent, WRONGTYPE if it is of another type. */
export function stringAt(db: Db, key: Bytes): Bytes | undefined {
  const content = db.find(key)?.content;
  if (content === undefined) return undefined;
  if (content.type !== "string") throw wrongType();
  return content.text;
}

export function hashAt(db: Db, key: Bytes): Map<Bytes, Bytes> | undefined {
  const content = db.find(key)?.content;
  if (content === undefined) return undefined;
  if (content.type !== "hash") throw wrongType();
  return content.fields;
}

export function listAt(db: Db, key: Bytes): Bytes[] | undefined {
  const content = db.find(key)?.content;
  if (content === undefined) return undefined;
  if (content.type !== "list") throw wrongType();
  return content.items;
}

export function setAt(db: Db, key: Bytes): Set<Bytes> | undefined {
  const content = db.find(key)?.content;
  if (content === undefined) return undefined;
  if (content.type !== "set") throw wrongType();
  return content.members;
}

export function sortedSetAt(db: Db, key: Bytes): SortedSet | undefined {
  const content = db.find(key)?.content;
  if (content === undefined) return undefined;
  if (content.type !== "zset") throw wrongType();
  return content.members;
}

export function hashToWrite(db: Db, key: Bytes): Map<Bytes, Bytes> {
  const found = hashAt(db, key);
  if (found) return found;
  const fields = new Map<Bytes, Bytes>();
  db.put(key, { type: "hash", fields });
  return fields;
}

export function listToWrite(db: Db, key: Bytes): Bytes[] {
  const found = listAt(db, key);
  if (found) return found;
  const items: Bytes[] = [];
  db.put(key, { type: "list", items });
  return items;
}

export function setToWrite(db: Db, key: Bytes): Set<Bytes> {
  const found = setAt(db, key);
  if (found) return found;
  const members = new Set<Bytes>();
  db.put(key, { type: "set", members });
  return members;
}

export function sortedSetToWrite(db: Db, key: Bytes): SortedSet {
  const found = sortedSetAt(db, key);
  if (found) return found;
  const members = new SortedSet();
  db.put(key, { type: "zset", members });
  return members;
}

/** A value changed in place keeps its expiry; a new key gets none. */
export function putString(db: Db, key: Bytes, text: Bytes): void {
  db.put(key, { type: "string", text }, db.find(key)?.expiresAtMs);
}

/** Redis has no empty collections: the key goes with its last member. */
export function dropIfEmpty(db: Db, key: Bytes): void {
  const content = db.find(key)?.content;
  if (content === undefined || content.type === "string") return;
  const size =
    content.type === "list" ? content.items.length : content.type === "hash" ? content.fields.size : content.members.size;
  if (size === 0) db.remove(key);
}
