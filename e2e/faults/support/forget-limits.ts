import { redis } from "@/lib/redis";

/** The cache is not put back with the database, and what it knows of purchases must last; only the limits' windows are over. */
export async function forgetLimits(): Promise<void> {
  const keys = await redis().keys("limits:*");
  if (keys.length > 0) await redis().del(...keys);
}
