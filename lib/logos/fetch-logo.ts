import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { SharedCache } from "@/lib/cache";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { safeFetch } from "@/lib/safe-fetch";
import { PICTURE_TYPES, pictureType } from "./picture-type";

/** Base64, as it is kept; null is an address that gave no picture. */
const keptSchema = z.object({ type: z.enum(PICTURE_TYPES), base64: z.string() }).nullable();
export type Kept = z.infer<typeof keptSchema>;

const KEPT_SECONDS = 24 * 3_600;
/** A supplier that is down for a moment is asked again soon, but not by every page. */
const FAILURE_SECONDS = 5 * 60;
const MAX_SHARED_BYTES = 64 * 1024;
const MAX_LOCAL_BYTES = 16 * 1024 * 1024;
const ENTRY_BYTES = 200;

/** Without it a logo is slower, not gone. */
const shared = new SharedCache();

/** What this process holds; it also makes one flight of all that ask for the same address at once. */
const local = new LRUCache<string, { kept: Kept }>({
  maxSize: MAX_LOCAL_BYTES,
  sizeCalculation: ({ kept }) => ENTRY_BYTES + (kept?.base64.length ?? 0),
  fetchMethod: async (logoUrl, _stale, { options }) => {
    const kept = await sharedOrSupplier(logoUrl);
    options.ttl = (kept ? KEPT_SECONDS : FAILURE_SECONDS) * 1_000;
    return { kept };
  },
});

/** The picture at an address of the supplier's, from a cache where it can be; null where it is none or cannot be had. */
export async function fetchLogo(logoUrl: string): Promise<Kept> {
  return (await local.fetch(logoUrl))?.kept ?? null;
}

async function sharedOrSupplier(logoUrl: string): Promise<Kept> {
  const key = `logo:${createHash("sha256").update(logoUrl).digest("base64url")}`;
  const [found] = await shared.read([{ key, schema: keptSchema }]);
  if (found) return found.value;
  const kept = await fromSupplier(logoUrl);
  const text = JSON.stringify(kept);
  const ttlSeconds = kept ? KEPT_SECONDS : FAILURE_SECONDS;
  if (text.length <= MAX_SHARED_BYTES) void shared.write([{ part: { key, ttlSeconds }, held: { text } }]);
  return kept;
}

async function fromSupplier(logoUrl: string): Promise<Kept> {
  const fetched = await safeFetch(logoUrl, { trustedHost: new URL(env().BAMBOO_BASE_URL).host });
  const type = fetched.kind === "fetched" ? pictureType(fetched.bytes) : null;
  if (fetched.kind === "fetched" && type) return { type, base64: fetched.bytes.toString("base64") };
  log.warn("A logo cannot be shown", { reason: fetched.kind === "failed" ? fetched.why : "It is no picture" });
  return null;
}
