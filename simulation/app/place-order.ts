import { committed, db } from "../engine/awaits";
import { Refused } from "../engine/failures";
import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { postTransfers } from "../store/ledger";
import type { Line, Order } from "../store/rows";
import { accountOf, enqueue } from "../store/tables";
import { transaction } from "../store/transaction";
import { relayOutbox } from "./relay-outbox";

const PARTNER_IDS = ["partner1", "partner2"] as const;

/** What a partner asks for, with the key it made before. */
export interface OrderRequest {
  key: string;
  partner: number;
  currency: string;
  lane: Order["lane"];
  lines: readonly { productId: number; faceMinor: number; quantity: number; unitPriceMinor: number }[];
}

/** An answer as it goes out. */
export interface Accepted {
  body: string | null;
}

/**
 * Follows lib/orders/place-order.ts and `accept_order`: two round trips, then the answer, then the relay. `respond` hears the answer; a
 * null body is a refusal for want of funds, which no key remembers.
 */
export function* placeOrder(world: World, process: Process, request: OrderRequest, respond: (answer: Accepted) => void): Steps {
  yield db(world);
  const earlier = knownOrder(world, request);
  if (earlier) {
    respond({ body: earlier.answer });
    return DONE;
  }
  yield db(world);
  const accepted = knownOrder(world, request) ?? accept(world, process, request);
  committed(world);
  respond({ body: accepted?.answer ?? null });
  yield* relayOutbox(world, process);
  return DONE;
}

/** The order that was accepted for the key before; the planted mistake does not look. */
function knownOrder({ tables, planted }: World, { key }: OrderRequest): Order | undefined {
  return planted === "key-ignored" ? undefined : tables.ordersByKey.get(key);
}

function accept(world: World, process: Process, request: OrderRequest): Order | null {
  const order = newOrder(world, request);
  try {
    transaction(world, () => write(world, order, request.key));
  } catch (thrown) {
    if (thrown instanceof Refused && thrown.constraint === "ledger_accounts_available") return null;
    throw thrown;
  }
  if (world.trace)
    world.trace(
      process.name,
      `accepts ${order.answer} for key ${request.key}: ${order.lines.map((line) => `${line.id} ${line.quantity} x p${line.productId}`).join(", ")}`,
    );
  return order;
}

function write(world: World, order: Order, key: string): void {
  const { tables } = world;
  const { partner, currency } = order;
  tables.orders.push(order);
  tables.ordersByKey.set(key, order);
  enqueue(world, "orders/queued", { order });
  const debit = accountOf(world, "available", partner, currency);
  const credit = accountOf(world, "held", partner, currency);
  postTransfers(
    world,
    order.lines.map((line) => ({
      kind: "hold",
      debit,
      credit,
      amountMinor: line.quantity * line.unitPriceMinor,
      currency,
      line,
      dispatchLine: null,
      dispatch: null,
    })),
  );
}

function newOrder({ tables, nowMs }: World, { partner, currency, lane, lines }: OrderRequest): Order {
  const id = `o${tables.orders.length + 1}`;
  const ahead = tables.orders.filter(({ status }) => status === "queued").length;
  const totalMinor = lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
  const order: Order = {
    id,
    partner,
    currency,
    lane,
    status: "queued",
    totalMinor,
    createdAtMs: nowMs,
    lines: [],
    lockedBy: null,
    answer: `${id} queued at ${ahead + 1}, ${nowMs}`,
  };
  order.lines = lines.map((line, position) => newLine(order, position, line));
  return order;
}

// Field by field: a spread of another shape costs more than all the rest of an acceptance.
function newLine(order: Order, position: number, wanted: OrderRequest["lines"][number]): Line {
  const { productId, faceMinor, quantity, unitPriceMinor } = wanted;
  return {
    id: `${order.id}.${position + 1}`,
    order,
    orderId: order.id,
    partnerId: PARTNER_IDS[order.partner] ?? PARTNER_IDS[0],
    lane: order.lane,
    queuedAtMs: order.createdAtMs,
    productId,
    faceMinor,
    faceCurrency: "USD",
    quantity,
    unitPriceMinor,
    status: "queued",
    delivered: 0,
    returnedMinor: 0,
  };
}
