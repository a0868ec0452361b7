import { committed, db, trip } from "../engine/awaits";
import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { postTransfers } from "../store/ledger";
import type { Order } from "../store/rows";
import { enqueue } from "../store/tables";
import { touch, transaction } from "../store/transaction";
import { moveOrder, releaseOf } from "./orders";
import { relayOutbox } from "./relay-outbox";

/** Follows lib/orders/cancel-order.ts: the order stays locked for as long as the transaction lasts. Racing the claim, one of the two wins. */
export function* cancelOrder(world: World, process: Process, order: Order): Steps {
  yield db(world);
  while (order.lockedBy !== null) yield trip(world);
  if (order.status !== "queued") return DONE;
  order.lockedBy = process.number;
  try {
    yield trip(world);
    cancel(world, order);
  } finally {
    order.lockedBy = null;
  }
  committed(world);
  yield* relayOutbox(world, process);
  return DONE;
}

function cancel(world: World, order: Order): void {
  transaction(world, () => {
    if (!moveOrder(world, order, "cancelled")) return;
    const releases = order.lines.map((line) => {
      const wholeMinor = line.quantity * line.unitPriceMinor;
      touch(world, line);
      line.status = "cancelled";
      line.returnedMinor = wholeMinor;
      return releaseOf(world, line, null, wholeMinor);
    });
    postTransfers(world, releases);
    enqueue(world, "orders/settled", { order });
  });
}
