import { firstAndLast, halvesOf } from "@/lib/dispatch/halves";
import { committed, db } from "../engine/awaits";
import { count } from "../engine/tally";
import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { postTransfers } from "../store/ledger";
import type { Dispatch, DispatchLine } from "../store/rows";
import { enqueue } from "../store/tables";
import { touch, transaction } from "../store/transaction";
import { finishOrders, ordersOf, releaseOf } from "./orders";
import { type Share, writeDispatch } from "./write-dispatch";

/** Follows lib/dispatch/reject-dispatch.ts. */
export function* rejectDispatch(world: World, process: Process, dispatch: Dispatch, reason: string): Steps {
  yield db(world);
  transaction(world, () => {
    if (dispatch.status !== "prepared") return;
    touch(world, dispatch);
    dispatch.status = "rejected";
    dispatch.rejection = reason;
    if (world.trace) world.trace(process.name, `rejects ${dispatch.id}: ${reason}`);
    const shares = sharesOf(dispatch);
    const [only] = dispatch.lines;
    if (only && dispatch.lines.length === 1 && !mayHalveAgain(world, reason, shares)) failLine(world, dispatch, only);
    else for (const half of halves(world, shares)) sendOn(world, half);
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

/** In claim order. */
function sharesOf({ lines }: Dispatch): Share[] {
  const shares = lines.flatMap(({ productId, faceMinor, allocations }) =>
    allocations.map(({ orderLineId, quantity, position, line }) => ({
      orderLineId,
      productId,
      faceMinor,
      quantity,
      line,
      position,
    })),
  );
  return shares.sort((a, b) => a.position - b.position);
}

const OUT_OF_STOCK = "ProductIsOutOfStock";
const MAX_SHORTAGE_HALVINGS = 3;

function mayHalveAgain({ tables }: World, reason: string, shares: readonly Share[]): boolean {
  const [first] = shares;
  if (!first || shares.length < 2 || reason !== OUT_OF_STOCK) return false;
  let halvings = 0;
  for (const { lines, rejection } of tables.dispatches) {
    const [only] = lines;
    if (rejection !== OUT_OF_STOCK || lines.length !== 1 || !only) continue;
    if (only.allocations.some(({ line }) => line === first.line)) halvings += 1;
  }
  return halvings <= MAX_SHORTAGE_HALVINGS;
}

/** The planted mistake has a line too many in the second. */
function halves({ planted }: World, shares: readonly Share[]): Share[][] {
  const byProduct = halvesOf(shares);
  const [first = [], second = []] = byProduct.length > 0 ? byProduct : firstAndLast(shares);
  return [first, planted === "halves-overlap" ? [...first.slice(-1), ...second] : second];
}

function sendOn(world: World, shares: readonly Share[]): void {
  const half = writeDispatch(world, shares);
  enqueue(world, "dispatches/stalled", { dispatch: half });
  count(world.tally.facts, "halves");
}
