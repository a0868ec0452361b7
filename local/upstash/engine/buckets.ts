import type { Bytes } from "./bytes";

export const BUCKETS = 1024;

/**
 * A key's bucket, which never changes. SCAN walks buckets, so whatever is present from the first page to the last
 * is returned, whatever is added or removed meanwhile, and a cursor needs no memory on the server.
 */
export function bucketOf(key: Bytes): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}

/** The keys of a database by bucket. */
export class KeyBuckets {
  private buckets: (Set<Bytes> | undefined)[] = [];

  add(key: Bytes): void {
    const bucket = bucketOf(key);
    const keys = this.buckets[bucket];
    if (keys) keys.add(key);
    else this.buckets[bucket] = new Set([key]);
  }

  delete(key: Bytes): void {
    this.buckets[bucketOf(key)]?.delete(key);
  }

  clear(): void {
    this.buckets = [];
  }

  in(bucket: number): Iterable<Bytes> {
    return this.buckets[bucket] ?? [];
  }
}
