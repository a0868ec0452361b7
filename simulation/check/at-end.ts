import { isFinal } from "@/lib/orders/states.shared";
import { Violation } from "../engine/failures";
import { count } from "../engine/tally";
import type { World } from "../engine/world";
import type { Dispatch } from "../store/rows";
import { checkMoney } from "./after-event";
import { isLoss } from "./purchases";

/** Whether anything is still to be done: an order, a purchase, an event to send, a partner without an answer. */
export function isOpen({ checked, tables, openCalls }: World): boolean {
  if (checked.openOrders > 0 || openCalls > 0) return true;
  return tables.outbox.some(({ sent }) => !sent) || tables.dispatches.some(isUnsettled);
}

/** Everything ends once faults stop. */
export function checkEnd(world: World): void {
  const { tables, openCalls, tally, supplier } = world;
  count(tally.facts, "supplier's loss", supplier.purchases.filter(isLoss).length);
  // A balance that moved without a transfer shows only here, unless a transfer follows.
  checkMoney(world, tables.transfers.length);
  const purchase = tables.dispatches.find(isUnsettled);
  if (purchase) throw new Violation("ends", `${purchase.id} is still ${purchase.status}: ${evidenceOf(purchase)}`);
  const order = tables.orders.find(({ status }) => !isFinal(status));
  if (order) throw new Violation("ends", `${order.id} is still ${order.status}`);
  for (const { lines } of tables.orders)
    for (const { id, status } of lines)
      if (status === "queued" || status === "processing") throw new Violation("ends", `${id} is still ${status}`);
  if (openCalls > 0) throw new Violation("ends", "a partner never got an answer");
  if (tables.outbox.some(({ sent }) => !sent)) throw new Violation("ends", "an event was never sent");
  const held = tables.accounts.find(({ kind, balanceMinor }) => kind === "held" && balanceMinor !== 0);
  if (held) throw new Violation("ends", `${held.balanceMinor} ${held.currency} are still held`);
}

function isUnsettled({ status }: Dispatch): boolean {
  return status === "prepared" || status === "placed";
}

function evidenceOf({ attempts, lastRead }: Dispatch): string {
  return `attempts ${JSON.stringify(attempts)}, last read ${JSON.stringify(lastRead)}`;
}
