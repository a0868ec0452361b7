import { committed, db } from "../engine/awaits";
import { count } from "../engine/tally";
import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { postTransfers } from "../store/ledger";
import type { Dispatch, DispatchLine } from "../store/rows";
import { enqueue } from "../store/tables";
import { touch, transaction } from "../store/transaction";
import { finishOrders, ordersOf, releaseOf } from "./orders";
import { writeDispatch } from "./write-dispatch";

/** Follows lib/dispatch/reject-dispatch.ts. */
export function* rejectDispatch(world: World, process: Process, dispatch: Dispatch, reason: string): Steps {
  yield db(world);
  transaction(world, () => {
    if (dispatch.status !== "prepared") return;
    touch(world, dispatch);
    dispatch.status = "rejected";
    if (world.trace) world.trace(process.name, `rejects ${dispatch.id}: ${reason}`);
    const [only] = dispatch.lines;
    if (only && dispatch.lines.length === 1) failLine(world, dispatch, only);
    else for (const line of dispatch.lines) sendApart(world, line);
  });
  committed(world);
  return DONE;
}

function failLine(world: World, dispatch: Dispatch, dispatchLine: DispatchLine): void {
  const releases = dispatchLine.allocations.map(({ line }) => {
    const wholeMinor = line.quantity * line.unitPriceMinor;
    touch(world, line);
    line.status = "failed";
    line.returnedMinor = wholeMinor;
    return releaseOf(world, line, dispatchLine, wholeMinor);
  });
  postTransfers(world, releases);
  finishOrders(world, ordersOf(dispatch));
}

function sendApart(world: World, { allocations }: DispatchLine): void {
  const apart = writeDispatch(
    world,
    allocations.map(({ line, quantity }) => ({ line, quantity })),
  );
  enqueue(world, "dispatches/stalled", { dispatch: apart });
  count(world.tally.facts, "sent apart");
}
