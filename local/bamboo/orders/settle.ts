import { planPushes } from "../push/plan";
import type { Sandbox } from "../sandbox";
import type { OrderRecord } from "./types";

/** Ends an order: charges what was sold, gives back the rest of what was reserved, and sends word of it. */
export function settleOrder(sandbox: Sandbox, requestId: string): void {
  const order = sandbox.world.state.orders.get(requestId.toLowerCase());
  if (!order || order.settled) return;
  const pushes = planPushes(sandbox, order, "settled");
  sandbox.record({ t: "settled", requestId: requestId.toLowerCase(), atMs: sandbox.clock.now(), pushes });
  sandbox.pushes.schedule(pushes);
}

/** Ends the order when its time comes; after a restart, at once if that has passed. */
export function scheduleSettlement(sandbox: Sandbox, order: OrderRecord): void {
  const settleIfDue = () => {
    if (order.settled || sandbox.world.state.orders.get(order.requestId.toLowerCase()) !== order) return;
    if (order.finalAtMs > sandbox.clock.now()) sandbox.clock.at(order.finalAtMs, settleIfDue);
    else settleOrder(sandbox, order.requestId);
  };
  sandbox.clock.at(order.finalAtMs, settleIfDue);
}
