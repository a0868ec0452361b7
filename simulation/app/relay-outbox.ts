import { db, trip } from "../engine/awaits";
import { OUTAGE, Outage } from "../engine/failures";
import { happens } from "../engine/faults";
import { count } from "../engine/tally";
import { type Awaits, DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { publish } from "../outside/events";
import type { OutboxRow } from "../store/rows";
import { someoneDrains } from "./drain-watch";

/** Follows lib/outbox/relay.ts: one relay at a time in a process; the rows stay locked while they are sent. */
export function* relayOutbox(world: World, process: Process): Steps {
  process.relayWanted = true;
  if (process.relaying) return DONE;
  process.relaying = true;
  try {
    while (process.relayWanted) {
      process.relayWanted = false;
      yield* relayBatch(world, process);
    }
  } finally {
    process.relaying = false;
  }
  return DONE;
}

function* relayBatch(world: World, process: Process): Steps {
  yield db(world);
  const rows = world.tables.outbox.filter(({ sent, lockedBy }) => !sent && lockedBy === null);
  if (rows.length === 0) return DONE;
  for (const row of rows) row.lockedBy = process.number;
  try {
    const needless = yield* tellsOfWork(world, rows);
    yield trip(world);
    send(world, needless ? rows.filter(({ name }) => name !== "orders/queued") : oneOfWork(rows));
    yield db(world);
    for (const row of rows) row.sent = true;
  } finally {
    for (const row of rows) row.lockedBy = null;
  }
  return DONE;
}

/** Follows `withoutNeedless` of inngest/client.ts: whether somebody drains the queue, so that nobody need be told of the work. */
function* tellsOfWork(world: World, rows: readonly OutboxRow[]): Awaits<boolean> {
  if (!rows.some(({ name }) => name === "orders/queued")) return false;
  try {
    const drains = yield* someoneDrains(world);
    if (drains) count(world.tally.facts, "events suppressed");
    return drains;
  } catch (thrown) {
    if (!(thrown instanceof Outage)) throw thrown;
    return false;
  }
}

function oneOfWork(rows: readonly OutboxRow[]): OutboxRow[] {
  const first = rows.findIndex(({ name }) => name === "orders/queued");
  return rows.filter(({ name }, place) => name !== "orders/queued" || place === first);
}

/** The queue may be down, or take the events and not say so. */
function send(world: World, rows: readonly OutboxRow[]): void {
  const down = happens(world, "queue-down");
  if (down && world.random.chance(0.5)) throw OUTAGE;
  for (const { name, dispatch } of rows) publish(world, name, dispatch);
  if (down) throw OUTAGE;
}
