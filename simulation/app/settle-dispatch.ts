import type { BoughtCard, SupplierOrder } from "@/lib/bamboo/supplier-order";
import { allocateCards, type Delivery } from "@/lib/dispatch/allocate-cards";
import { judgeAnswer, moneyOf, type Verdict } from "@/lib/dispatch/judge-answer";
import { fraction, toMinor } from "@/lib/money";
import { committed, db } from "../engine/awaits";
import { count } from "../engine/tally";
import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { postTransfers } from "../store/ledger";
import type { Dispatch, DispatchLine, Line, Transfer } from "../store/rows";
import { accountOf, storeCard } from "../store/tables";
import { touch, transaction } from "../store/transaction";
import { finishOrders, ordersOf, releaseOf } from "./orders";

/** Follows lib/dispatch/settle-dispatch.ts: one transaction for all that a final answer means. */
export function* settleDispatch(world: World, process: Process, dispatch: Dispatch, answer: SupplierOrder): Steps {
  yield db(world);
  transaction(world, () => settle(world, process, dispatch, answer));
  committed(world);
  return DONE;
}

function settle(world: World, process: Process, dispatch: Dispatch, answer: SupplierOrder): void {
  const verdict = verdictOn(world, dispatch, answer);
  count(world.tally.answers, verdict.kind === "settle" ? "verdict settles" : "verdict contradicts");
  const open = dispatch.status === "prepared" || dispatch.status === "placed";
  if (verdict.kind === "contradicts") {
    if (open) dispatch.inDoubtSinceMs ??= world.nowMs;
    return;
  }
  if (!open && world.planted !== "capture-untied") return;
  touch(world, dispatch);
  dispatch.status = "settled";
  dispatch.inDoubtSinceMs = null;
  if (world.trace) world.trace(process.name, `settles ${dispatch.id} on ${answer.status}`);
  const movements: Transfer[] = [];
  for (const delivery of verdict.deliveries) {
    const dispatchLine = dispatch.lines.find(({ id }) => id === delivery.dispatchLineId);
    const line = dispatchLine?.allocations.find(({ orderLineId }) => orderLineId === delivery.orderLineId)?.line;
    if (dispatchLine && line) deliver(world, dispatchLine, line, delivery, movements);
  }
  if (answer.total && answer.currency) movements.push(supplierCost(world, dispatch, answer.total, answer.currency));
  postTransfers(world, movements);
  finishOrders(world, ordersOf(dispatch));
}

function verdictOn({ planted }: World, { lines }: Dispatch, answer: SupplierOrder): Verdict<BoughtCard> {
  return planted === "believe-contradictions"
    ? { kind: "settle", ...allocateCards(lines, answer.items) }
    : judgeAnswer(lines, answer);
}

function deliver(
  world: World,
  dispatchLine: DispatchLine,
  line: Line,
  { quantity, cards }: Delivery<BoughtCard>,
  movements: Transfer[],
): void {
  let delivered = 0;
  for (const { bambooCardId, code } of cards)
    if (
      storeCard(world, { bambooCardId, code, line: ownerOf(world, line), dispatchLine }) ||
      isRepeat(world, bambooCardId, dispatchLine)
    )
      delivered += 1;
  if (delivered < cards.length) count(world.tally.facts, "duplicates caught", cards.length - delivered);
  const { capturedMinor, returnedMinor } = moneyOf({ quantity, delivered, unitPriceMinor: line.unitPriceMinor });
  touch(world, line);
  line.delivered += delivered;
  line.returnedMinor += returnedMinor;
  const release = releaseOf(world, line, dispatchLine, returnedMinor);
  const { debit, currency } = release;
  const credit = accountOf(world, "sales", null, currency);
  movements.push(
    { kind: "capture", debit, credit, amountMinor: capturedMinor, currency, line, dispatchLine, dispatch: null },
    release,
  );
}

/** The line that a card is for; the planted mistake takes the first of its product. */
function ownerOf({ tables, planted }: World, line: Line): Line {
  if (planted !== "card-to-wrong-line") return line;
  for (const { lines } of tables.orders)
    for (const other of lines) if (other.productId === line.productId && other.faceMinor === line.faceMinor) return other;
  return line;
}

/** The planted mistake settles as often as it is asked to, and counts what it stored before. */
function isRepeat({ tables, planted }: World, bambooCardId: number, dispatchLine: DispatchLine): boolean {
  return planted === "capture-untied" && tables.cardsById.get(bambooCardId)?.dispatchLine === dispatchLine;
}

function supplierCost(world: World, dispatch: Dispatch, total: string, currency: string): Transfer {
  return {
    kind: "supplier_cost",
    debit: accountOf(world, "supplier_balance", null, currency),
    credit: accountOf(world, "supplier_cost", null, currency),
    amountMinor: toMinor(fraction(total), currency),
    currency,
    line: null,
    dispatchLine: null,
    dispatch,
  };
}
