import { committed, db } from "../engine/awaits";
import type { Process, Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Order } from "../store/rows";
import { touch, transaction } from "../store/transaction";
import { writeDispatch } from "./write-dispatch";

export const NOBODY = -1;

/** Follows lib/dispatch/claim-order.ts. Answers the place of the new dispatch in its table, or NOBODY. */
export function* claimOrder(world: World, process: Process, order: Order): Steps {
  yield db(world);
  const waits = order.status === "queued";
  // The planted mistake reads first and writes later, whatever happened in between.
  if (world.planted === "claim-unconditional") yield db(world);
  if (!waits) return NOBODY;
  transaction(world, () => {
    touch(world, order);
    order.status = "processing";
    for (const line of order.lines) {
      touch(world, line);
      line.status = "processing";
    }
    const dispatch = writeDispatch(
      world,
      order.lines.map((line) => ({ line, quantity: line.quantity })),
    );
    if (world.trace) world.trace(process.name, `claims ${order.id} as ${dispatch.id}`);
  });
  const claimed = world.tables.dispatches.length - 1;
  committed(world);
  return claimed;
}
