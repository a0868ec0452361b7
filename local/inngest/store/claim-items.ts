import type { Pool, PoolClient } from "pg";
import type { Blocked } from "../flow-control/admission";
import type { Json } from "../wire/json";
import { transaction } from "./pool";
import type { Item, ItemKind } from "./rows";

export const LEASE_MS = 60_000;

interface ItemRow {
  id: string;
  kind: ItemKind;
  run_id: string | null;
  function_id: string | null;
  step_id: string | null;
  event_id: string | null;
  payload: Json;
  attempt: number;
  starts: boolean;
  due_ms: number;
  score: number;
  concurrency_keys: string[];
  throttle_key: string | null;
}

export interface Claim {
  nowMs: number;
  limit: number;
  /** False when no more calls may be under way; other kinds are still claimed. */
  calls: boolean;
  blocked: Blocked;
  /** Functions whose app has not been reached yet. */
  heldFunctions: readonly string[];
  admit: (item: Item) => { admitted: boolean; arrivalMs?: number };
}

/**
 * Claims due items under a lease, in the order of their score, as far as they are admitted. `looked` is how many were
 * considered. A claim need not survive a crash of the database, so the commit does not wait for the disk.
 */
export async function claimItems(pool: Pool, claim: Claim): Promise<{ claimed: Item[]; looked: number }> {
  return transaction(pool, "begin; set local synchronous_commit = off", async (client) => {
    const { rows } = await client.query<ItemRow>(
      `select id, kind, run_id, function_id, step_id, event_id, payload, attempt, starts, due_ms, score, concurrency_keys, throttle_key
       from inngest.queue
       where due_ms <= $1 and lease_until_ms < $1 and (kind <> 'call' or $2) and not concurrency_keys && $3
         and (throttle_key is null or not throttle_key = any($4)) and (function_id is null or not function_id = any($5))
       order by score, id limit $6 for update skip locked`,
      [claim.nowMs, claim.calls, claim.blocked.concurrencyKeys, claim.blocked.throttleKeys, claim.heldFunctions, claim.limit],
    );
    const claimed: Item[] = [];
    const arrivals = new Map<string, number>();
    for (const item of rows.map(toItem)) {
      const { admitted, arrivalMs } = claim.admit(item);
      if (admitted) claimed.push(item);
      if (item.throttleKey !== null && arrivalMs !== undefined) arrivals.set(item.throttleKey, arrivalMs);
    }
    await lease(client, claimed, claim.nowMs);
    await saveArrivals(client, arrivals);
    return { claimed, looked: rows.length };
  });
}

/** A start that has been admitted is a start no longer: after a crash it is called again with its steps, and not throttled twice. */
async function lease(client: PoolClient, claimed: readonly Item[], nowMs: number): Promise<void> {
  if (claimed.length === 0) return;
  await client.query("update inngest.queue set lease_until_ms = $2, starts = false, throttle_key = null where id = any($1)", [
    claimed.map(({ id }) => id),
    nowMs + LEASE_MS,
  ]);
  const started = claimed.flatMap(({ starts, runId }) => (starts && runId !== null ? [runId] : []));
  if (started.length > 0) await client.query("update inngest.runs set started_ms = $2 where id = any($1)", [started, nowMs]);
}

async function saveArrivals(client: PoolClient, arrivals: ReadonlyMap<string, number>): Promise<void> {
  if (arrivals.size === 0) return;
  await client.query(
    `insert into inngest.throttles (key, arrival_ms) select key, arrival_ms from unnest($1::text[], $2::float8[]) as x(key, arrival_ms)
     on conflict (key) do update set arrival_ms = excluded.arrival_ms`,
    [[...arrivals.keys()], [...arrivals.values()]],
  );
}

function toItem(row: ItemRow): Item {
  return {
    id: row.id,
    kind: row.kind,
    runId: row.run_id,
    functionId: row.function_id,
    stepId: row.step_id,
    eventId: row.event_id,
    payload: row.payload,
    attempt: row.attempt,
    starts: row.starts,
    dueMs: row.due_ms,
    score: row.score,
    concurrencyKeys: row.concurrency_keys,
    throttleKey: row.throttle_key,
  };
}
