import { isFinal, LINE_MOVES, ORDER_MOVES } from "@/lib/orders/states.shared";
import { Violation } from "../engine/failures";
import { count } from "../engine/tally";
import type { World } from "../engine/world";
import { UNORDERED_CARD_ID } from "../outside/wire-order";
import type { Account, Card, Dispatch, Line, Order, Transfer } from "../store/rows";
import { recordOf } from "./checked";
import { checkRelease, isForBuyer } from "./purchases";
import { checkNewDispatch, checkShortages } from "./shortages";

/** The invariants that an event can break, seen on what it added. Throws a Violation. */
export function checkEvent(world: World): void {
  const { tables, checked } = world;
  const { transfers, cards, orders } = tables;
  let moved = transfers.length > checked.transfers || cards.length > checked.cards;
  while (checked.cards < cards.length) {
    const card = cards[checked.cards++];
    if (card) checkCard(world, card);
  }
  for (let place = 0; place < tables.dispatches.length; place++) {
    const dispatch = tables.dispatches[place];
    if (!dispatch || checked.dispatches[place] === dispatch.status) continue;
    checkDispatch(world, dispatch, place);
    moved = true;
  }
  const from = checked.transfers;
  while (checked.transfers < transfers.length) {
    const transfer = transfers[checked.transfers++];
    if (transfer) checkTransfer(world, transfer);
  }
  if (moved) checkMoney(world, from);
  for (let place = 0; place < orders.length; place++) {
    const order = orders[place];
    if (order && (moved || checked.orders[place] !== order.status)) checkOrder(world, order, place);
  }
}

function checkDispatch(world: World, dispatch: Dispatch, place: number): void {
  const { dispatches } = world.checked;
  if (dispatches[place] === undefined) checkNewDispatch(world, dispatch);
  if (dispatch.status === "settled") checkShortages(world, dispatch);
  dispatches[place] = dispatch.status;
}

/** A card, and a code, is sold once, and to the line that it was bought for. */
function checkCard({ checked, supplier, tally }: World, card: Card): void {
  const { bambooCardId, code, line } = card;
  if (checked.cardIds.has(bambooCardId) || checked.codes.has(code))
    throw new Violation("sold once", `card ${bambooCardId} was sold again, to ${line.id}`);
  checked.cardIds.add(bambooCardId);
  checked.codes.add(code);
  if (!isForBuyer(supplier, card))
    throw new Violation("right buyer", `card ${bambooCardId} was stored for ${line.id}, which did not buy it`);
  if (bambooCardId === UNORDERED_CARD_ID) count(tally.facts, "unordered cards taken");
  recordOf(checked, line).cards += 1;
}

function checkTransfer(world: World, transfer: Transfer): void {
  const { checked } = world;
  const { debit, credit, amountMinor, line, kind } = transfer;
  if (debit.currency !== credit.currency) throw new Violation("sums", `a ${kind} of ${amountMinor} changes its currency`);
  checked.balances.set(debit, (checked.balances.get(debit) ?? 0) - amountMinor);
  checked.balances.set(credit, (checked.balances.get(credit) ?? 0) + amountMinor);
  if (!line) return;
  const record = recordOf(checked, line);
  if (kind === "hold") record.heldMinor += amountMinor;
  if (kind === "capture") record.capturedMinor += amountMinor;
  if (kind === "release") record.releasedMinor += amountMinor;
  if (kind === "release") checkRelease(world, transfer);
}

/** Balances are what the transfers make them, nothing is negative, each currency sums to zero, and each line's money is in one place. */
export function checkMoney({ tables, checked }: World, from: number): void {
  let [usd, eur] = [0, 0];
  for (const account of tables.accounts) {
    const { kind, currency, balanceMinor } = account;
    if (balanceMinor !== (checked.balances.get(account) ?? 0))
      throw new Violation("sums", `${nameOf(account)} is ${balanceMinor}, its transfers make ${checked.balances.get(account)}`);
    if ((kind === "available" || kind === "held") && balanceMinor < 0)
      throw new Violation("nothing negative", `${nameOf(account)} is ${balanceMinor}`);
    if (currency === "USD") usd += balanceMinor;
    else eur += balanceMinor;
  }
  if (usd !== 0 || eur !== 0) throw new Violation("sums", `all accounts make ${usd} USD and ${eur} EUR instead of nothing`);
  for (let place = from; place < tables.transfers.length; place++) {
    const line = tables.transfers[place]?.line;
    if (line) checkLine(checked, line);
  }
}

/** Delivered if and only if charged once; delivered and given back never more than was held. */
function checkLine(checked: World["checked"], line: Line): void {
  const { heldMinor, capturedMinor, releasedMinor, cards } = recordOf(checked, line);
  const { id, unitPriceMinor, quantity, delivered, returnedMinor } = line;
  if (heldMinor !== quantity * unitPriceMinor)
    throw new Violation("charged once", `${id} is held ${heldMinor} for ${quantity} x ${unitPriceMinor}`);
  if (capturedMinor !== cards * unitPriceMinor || delivered !== cards)
    throw new Violation(
      "charged once",
      `${id} has ${cards} cards, says ${delivered}, and was charged ${capturedMinor} at ${unitPriceMinor} each`,
    );
  if (returnedMinor !== releasedMinor)
    throw new Violation("charged once", `${id} says ${returnedMinor} came back, its wallet got ${releasedMinor}`);
  if (capturedMinor + releasedMinor > heldMinor)
    throw new Violation("charged once", `${id} was charged ${capturedMinor} and given back ${releasedMinor} of ${heldMinor}`);
}

/** Orders and lines move only as their tables say, and an order ends only with every card delivered or given back. */
function checkOrder(world: World, order: Order, place: number): void {
  const { checked, tally } = world;
  const before = checked.orders[place];
  if (before === undefined) checked.openOrders += 1;
  else if (before !== order.status && !ORDER_MOVES[before].includes(order.status))
    throw new Violation("moves", `${order.id} went from ${before} to ${order.status}`);
  checked.orders[place] = order.status;
  const ends = isFinal(order.status);
  for (const line of order.lines) {
    const record = recordOf(checked, line);
    if (record.status !== line.status && !LINE_MOVES[record.status].includes(line.status))
      throw new Violation("moves", `${line.id} went from ${record.status} to ${line.status}`);
    record.status = line.status;
    if (ends && record.capturedMinor + record.releasedMinor !== record.heldMinor)
      throw new Violation(
        "ends whole",
        `${order.id} is ${order.status}, and of ${line.id} ${record.heldMinor - record.capturedMinor - record.releasedMinor} is still held`,
      );
    if (order.status === "completed" && record.cards !== line.quantity)
      throw new Violation("ends whole", `${order.id} is completed with ${record.cards} of ${line.quantity} cards of ${line.id}`);
  }
  if (!ends || before === order.status) return;
  checked.openOrders -= 1;
  count(tally.orders, order.status);
}

function nameOf({ kind, partner, currency }: Account): string {
  return `${partner === null ? "our" : `partner ${partner + 1}'s`} ${kind} ${currency}`;
}
