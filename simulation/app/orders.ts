import { lineOutcome, orderOutcome } from "@/lib/orders/outcome.shared";
import { type OrderState, statesBefore } from "@/lib/orders/states.shared";
import type { World } from "../engine/world";
import type { Dispatch, Line, Order, Transfer } from "../store/rows";
import { accountOf, enqueue } from "../store/tables";
import { touch } from "../store/transaction";

const BEFORE = new Map<OrderState, readonly OrderState[]>();

/** Follows lib/orders/move-order.ts for one order: false when somebody else won. */
export function moveOrder(world: World, order: Order, to: OrderState): boolean {
  let before = BEFORE.get(to);
  if (!before) {
    before = statesBefore(to);
    BEFORE.set(to, before);
  }
  if (!before.includes(order.status)) return false;
  touch(world, order);
  order.status = to;
  if (world.trace) world.trace("database", `${order.id} is ${to}`);
  return true;
}

/** Follows lib/dispatch/orders-of.ts. */
export function ordersOf({ lines }: Dispatch): Set<Order> {
  const orders = new Set<Order>();
  for (const { allocations } of lines) for (const { line } of allocations) orders.add(line.order);
  return orders;
}

/** Follows lib/orders/release-lines.ts, less the posting. */
export function releaseOf(world: World, line: Line, dispatchLine: Transfer["dispatchLine"], amountMinor: number): Transfer {
  const { partner, currency } = line.order;
  return {
    kind: "release",
    debit: accountOf(world, "held", partner, currency),
    credit: accountOf(world, "available", partner, currency),
    amountMinor,
    currency,
    line,
    dispatchLine,
    dispatch: null,
  };
}

/** Follows lib/orders/finish-orders.ts. */
export function finishOrders(world: World, orders: Iterable<Order>): void {
  for (const order of orders) {
    for (const line of order.lines) {
      const status = line.status === "processing" ? lineOutcome(line) : null;
      if (!status) continue;
      touch(world, line);
      line.status = status;
    }
    const outcome = orderOutcome(countedLines(world, order));
    if (outcome && moveOrder(world, order, outcome)) enqueue(world, "orders/settled", { order });
  }
}

/** All lines; the planted mistake leaves out those that are still under way. */
function countedLines({ planted }: World, { lines }: Order): Line[] {
  return planted === "ends-with-a-line" ? lines.filter(({ status }) => status !== "processing") : lines;
}

/** Whether a purchase for the order is in doubt. */
export function hasDoubt(world: World, order: Order): boolean {
  return world.tables.dispatches.some(
    (dispatch) => dispatch.status === "prepared" && dispatch.inDoubtSinceMs !== null && ordersOf(dispatch).has(order),
  );
}
