import { eq } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { rateSnapshots, users } from "@/drizzle/schema";
import type { RatesView } from "./schemas";

/** Lists of rates with the name of who accepted them; the caller adds which, in what order and how many. */
export function selectSnapshots(executor: Executor) {
  return executor
    .select({ row: rateSnapshots, acceptedBy: users.name })
    .from(rateSnapshots)
    .leftJoin(users, eq(users.id, rateSnapshots.acceptedBy));
}

export function toSnapshot({
  row,
  acceptedBy,
}: Awaited<ReturnType<typeof selectSnapshots>>[number]): RatesView["history"][number] {
  const { id, base, status, refusedBecause, turnedOver } = row;
  return {
    id,
    base,
    status,
    refusedBecause,
    turnedOver,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    acceptedBy,
    currencies: Object.keys(row.rates).length,
  };
}
