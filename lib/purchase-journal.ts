import { z } from "zod";
import { redis } from "@/lib/redis";

/**
 * Which purchase each order line was bought in, kept outside the database: put back to an earlier state, the database forgets what was
 * bought together, and without that the RequestId cannot be found again (decision 5). Written before a request can go out.
 */

/** Longer than a database is ever put back by; Neon keeps seven days. */
const KEPT_SECONDS = 9 * 86_400;

const lineKey = (lineId: string) => `bought:line:${lineId}`;
const purchaseKey = (dispatchId: string) => `bought:purchase:${dispatchId}`;

/** Lines in claim order. Throws when the cache is away: then nothing may go out. */
export async function writeJournal(dispatchId: string, lineIds: readonly string[]): Promise<void> {
  const pipeline = redis().pipeline();
  pipeline.set(purchaseKey(dispatchId), lineIds, { ex: KEPT_SECONDS });
  for (const lineId of lineIds) pipeline.set(lineKey(lineId), dispatchId, { ex: KEPT_SECONDS });
  await pipeline.exec();
}

/** The last purchase of each line that has one. A waiting line should have none. */
export async function recallPurchases(lineIds: readonly string[]): Promise<Map<string, string>> {
  if (lineIds.length === 0) return new Map();
  const found = await redis().mget<(string | null)[]>(lineIds.map(lineKey));
  return new Map(
    lineIds.flatMap((lineId, index) => {
      const dispatchId = found[index];
      return dispatchId ? [[lineId, dispatchId] as const] : [];
    }),
  );
}

/** All lines that a purchase was for, in claim order; empty where the journal has forgotten it. */
export async function recallLines(dispatchId: string): Promise<string[]> {
  return (
    z
      .array(z.string())
      .nullable()
      .parse(await redis().get(purchaseKey(dispatchId))) ?? []
  );
}
