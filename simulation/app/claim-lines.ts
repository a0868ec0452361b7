import { noteClaim } from "../check/shortages";
import { committed, db, trip } from "../engine/awaits";
import { count } from "../engine/tally";
import type { Awaits, Process } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Dispatch, Line, Order } from "../store/rows";
import { touch, transaction } from "../store/transaction";
import { shareOf, writeDispatch } from "./write-dispatch";

/**
 * Follows lib/dispatch/claim-lines.ts: a transaction that locks the orders that are free, takes of their lines what still waits, and writes
 * the dispatch. Null when nothing was left.
 */
export function* claimLines(world: World, process: Process, lines: readonly Line[]): Awaits<Dispatch | null> {
  yield db(world);
  const taken = lines.filter((line) => mayTake(world, line));
  const locked = [...new Set(taken.map(({ order }) => order))];
  if (taken.length === 0) return null;
  // The planted mistakes lock nothing.
  const locks = world.planted !== "claim-unconditional" && world.planted !== "claim-takes-cancelled";
  if (locks) for (const order of locked) order.lockedBy = process.number;
  try {
    yield trip(world);
    const dispatch = write(world, process, taken, locked);
    committed(world);
    return dispatch;
  } finally {
    if (locks) for (const order of locked) order.lockedBy = null;
  }
}

function mayTake({ planted }: World, { status, order }: Line): boolean {
  // The planted mistake looks at neither the line nor its order.
  if (planted === "claim-takes-cancelled") return true;
  const open = order.status === "queued" || order.status === "processing" || order.status === "confirming";
  return status === "queued" && open && order.lockedBy === null;
}

function write(world: World, process: Process, lines: readonly Line[], orders: readonly Order[]): Dispatch {
  return transaction(world, () => {
    if (orders.length > 1) count(world.tally.facts, "joined purchases");
    for (const order of orders) {
      if (order.status !== "queued") {
        count(world.tally.facts, "orders bought in parts");
        continue;
      }
      touch(world, order);
      order.status = "processing";
    }
    for (const line of lines) {
      touch(world, line);
      line.status = "processing";
    }
    noteClaim(world.checked, lines);
    const dispatch = writeDispatch(world, lines.map(shareOf));
    if (world.trace) world.trace(process.name, `claims ${lines.map(({ id }) => id).join(", ")} as ${dispatch.id}`);
    return dispatch;
  });
}
