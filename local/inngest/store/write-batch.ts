import type { Pool, PoolClient } from "pg";
import type { PlannedRun } from "../engine/plan-runs";
import { applyChanges } from "./apply-changes";
import { insertRows, rowsOf } from "./insert";
import { transaction } from "./pool";
import { type Changes, type Emission, type Item, noChanges } from "./rows";
import { EVENTS, ITEMS, PAUSES, RUNS } from "./tables";

/**
 * Writes the decisions of many runs and the events that came in, in one transaction. Events start runs by `plan`; an event
 * stored before (a repeated POST) or one whose key is taken starts none. Returns when the soonest new item is due.
 */
export async function writeBatch(
  pool: Pool,
  batch: readonly Changes[],
  plan: (emission: Emission) => PlannedRun[],
  nowMs: number,
): Promise<number> {
  const all = merge(batch);
  let dueMs = soonest(all.items);
  for (const move of all.moves) if (move.release) dueMs = Math.min(dueMs, move.dueMs);
  await transaction(pool, "begin", async (client) => {
    const fresh = await saveEvents(client, all.emissions, nowMs);
    const planned = await keepUnique(client, fresh.flatMap(plan), nowMs);
    await insertRows(
      client,
      RUNS,
      planned.map(({ run }) => run),
    );
    await insertRows(
      client,
      ITEMS,
      planned.map(({ item }) => item),
    );
    await insertRows(
      client,
      PAUSES,
      planned.flatMap(({ pauses }) => pauses),
    );
    await applyChanges(client, all);
    const matching = await enqueueMatches(client, fresh, nowMs);
    dueMs = Math.min(dueMs, soonest(planned.map(({ item }) => item)), matching ? nowMs : Number.POSITIVE_INFINITY);
  });
  return dueMs;
}

function merge(batch: readonly Changes[]): Changes {
  const all = noChanges();
  for (const one of batch) {
    all.emissions.push(...one.emissions);
    all.steps.push(...one.steps);
    all.pauses.push(...one.pauses);
    all.settled.push(...one.settled);
    all.items.push(...one.items);
    all.moves.push(...one.moves);
    all.drops.push(...one.drops);
    all.versions.push(...one.versions);
    all.ends.push(...one.ends);
    all.ticks.push(...one.ticks);
  }
  return all;
}

async function saveEvents(client: PoolClient, emissions: readonly Emission[], receivedMs: number): Promise<Emission[]> {
  if (emissions.length === 0) return [];
  const { sql, values } = rowsOf(
    EVENTS.columns,
    emissions.map((emission) => ({ ...emission, receivedMs })),
  );
  const { rows } = await client.query<{ id: string }>(
    `insert into inngest.events (id, name, body, seq, received_ms) select id, name, body, seq, received_ms from ${sql}
     on conflict do nothing returning id`,
    values,
  );
  const saved = new Set(rows.map(({ id }) => id));
  return emissions.filter(({ id }) => saved.delete(id));
}

/** Takes the keys of each run for their time; a run that finds one taken, here or by an earlier event, is not started. */
async function keepUnique(client: PoolClient, planned: PlannedRun[], nowMs: number): Promise<PlannedRun[]> {
  const wanted = new Map<string, number>();
  const first = planned.filter(({ dedupe }) => {
    if (dedupe.some(({ key }) => wanted.has(key))) return false;
    for (const { key, expiresMs } of dedupe) wanted.set(key, expiresMs);
    return true;
  });
  if (wanted.size === 0) return first;
  const { rows } = await client.query<{ key: string }>(
    `insert into inngest.dedupe (key, expires_ms) select key, expires_ms from unnest($1::text[], $2::bigint[]) as x(key, expires_ms)
     on conflict (key) do update set expires_ms = excluded.expires_ms where inngest.dedupe.expires_ms <= $3 returning key`,
    [[...wanted.keys()], [...wanted.values()], nowMs],
  );
  const taken = new Set(rows.map(({ key }) => key));
  return first.filter(({ dedupe }) => dedupe.every(({ key }) => taken.has(key)));
}

/** An event that some run waits for, or may be cancelled by, gets an item of its own, so that a crash cannot lose the match. */
async function enqueueMatches(client: PoolClient, fresh: readonly Emission[], nowMs: number): Promise<boolean> {
  const open = fresh.filter(({ to }) => !to);
  if (open.length === 0) return false;
  const { rowCount } = await client.query(
    `insert into inngest.queue (id, kind, event_id, payload, attempt, starts, due_ms, score, concurrency_keys)
     select 'match:' || x.id, 'match', x.id, 'null', 0, false, $3, $3, '{}' from unnest($1::text[], $2::text[]) as x(id, name)
     where exists (select 1 from inngest.pauses p where p.event_name = x.name) on conflict do nothing`,
    [open.map(({ id }) => id), open.map(({ body }) => body.name), nowMs],
  );
  return (rowCount ?? 0) > 0;
}

function soonest(items: readonly Item[]): number {
  return items.reduce((least, { dueMs }) => Math.min(least, dueMs), Number.POSITIVE_INFINITY);
}
