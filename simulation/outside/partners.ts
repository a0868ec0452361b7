import { cancelOrder } from "../app/cancel-order";
import { type Accepted, type OrderRequest, placeOrder } from "../app/place-order";
import { checkTold } from "../check/replays";
import { happens } from "../engine/faults";
import { count } from "../engine/tally";
import { run } from "../engine/tasks";
import type { World } from "../engine/world";
import { postTransfers } from "../store/ledger";
import { accountOf } from "../store/tables";
import { windCron } from "./cron";
import { aliveProcess } from "./processes";

/** One order as a partner wants it, until it has an answer. */
interface Call {
  request: OrderRequest;
  /** Undefined until the first answer; null is a refusal. */
  answer: string | null | undefined;
  /** Counts the tries: an answer's time-out is that of its own try. */
  tries: number;
}

const CURRENCIES = ["USD", "EUR"] as const;
const FACES_MINOR = [1_000, 2_500] as const;
const WAY_MS = [5, 200] as const;
const TIMEOUT_MS = 10_000;
const RETRY_MS = [500, 20_000] as const;
const LATER_MS = 600_000;
const RUSH = 0.05;
const RUSH_ORDERS = 9;
/** At once, so that they are joined, or so far apart that each is bought by itself. */
const RUSH_BETWEEN_MS = [20, 800, 6_000] as const;
const PRODUCTS = 3;
/** Orders come within this from each other: close enough to race, far enough to meet one's leftovers. */
const BETWEEN_MS = [10, 1_500, 20_000] as const;

/** Partners with their wallets, and what they will order: mostly a few orders, sometimes a rush on one product. */
export function scheduleOrders(world: World): void {
  const { random } = world;
  const rush = random.chance(RUSH);
  const rushBetweenMs = random.pick(RUSH_BETWEEN_MS);
  if (happens(world, "poison")) world.supplier.stockAgainAtMs.set(random.between(1, PRODUCTS), world.faultsUntilMs);
  const orders = rush ? RUSH_ORDERS : random.pick([1, 1, 2, 2, 3, 4]);
  const wallet = random.pick(["ample", "ample", "scarce"]);
  for (const [partner, currency] of CURRENCIES.entries()) {
    const available = accountOf(world, "available", partner, currency);
    const amountMinor = wallet === "ample" ? 1_000_000 : 12_000;
    postTransfers(world, [
      {
        kind: "top_up",
        debit: accountOf(world, "funding", null, currency),
        credit: available,
        amountMinor,
        currency,
        line: null,
        dispatchLine: null,
        dispatch: null,
      },
    ]);
  }
  let atMs = world.nowMs;
  for (let order = 1; order <= orders; order++) {
    const call: Call = { request: requestOf(world, order, rush), answer: undefined, tries: 0 };
    world.openCalls += 1;
    world.agenda.add(atMs, () => send(world, call));
    atMs += random.between(0, rush ? rushBetweenMs : random.pick(BETWEEN_MS));
  }
}

function requestOf({ random }: World, number: number, rush: boolean): OrderRequest {
  const partner = random.between(0, CURRENCIES.length - 1);
  const lines = Array.from({ length: rush ? 1 : random.pick([1, 1, 2, 3]) }, () => ({
    productId: rush ? 1 : random.between(1, PRODUCTS),
    faceMinor: random.pick(FACES_MINOR),
    quantity: random.pick([1, 1, 2, 4]),
    unitPriceMinor: random.between(900, 3_000),
  }));
  return {
    key: `key${number}`,
    partner,
    currency: CURRENCIES[partner] ?? CURRENCIES[0],
    lane: random.chance(0.2) ? "urgent" : "normal",
    lines,
  };
}

/** One try; without an answer in time another follows with the same key. */
function send(world: World, call: Call): void {
  const { random } = world;
  const attempt = ++call.tries;
  windCron(world);
  if (world.trace) world.trace("partner", `orders with ${call.request.key}, try ${attempt}`);
  world.agenda.add(world.nowMs + TIMEOUT_MS, () => {
    if (call.answer === undefined && call.tries === attempt) retry(world, call);
  });
  if (happens(world, "partner-lost")) return;
  world.agenda.add(world.nowMs + random.within(WAY_MS), () => {
    const process = aliveProcess(world);
    if (!process) return;
    const respond = (answer: Accepted) => {
      checkTold(world, call.request.key, answer.body);
      if (happens(world, "partner-lost")) return;
      world.agenda.add(world.nowMs + random.within(WAY_MS), () => hear(world, call, answer));
    };
    run(world, process, placeOrder(world, process, call.request, respond), () => {});
  });
}

function retry(world: World, call: Call): void {
  world.agenda.add(world.nowMs + world.random.within(RETRY_MS), () => send(world, call));
}

function hear(world: World, call: Call, { body }: Accepted): void {
  if (world.trace) world.trace("partner", `hears for ${call.request.key}: ${body ?? "refused, the wallet does not cover it"}`);
  if (call.answer === undefined) {
    world.openCalls -= 1;
    if (body === null) count(world.tally.orders, "refused");
    if (body !== null && happens(world, "cancel")) world.agenda.add(world.nowMs + cancelAfter(world), () => cancel(world, call));
  }
  call.answer ??= body;
  if (happens(world, "partner-retry")) world.agenda.add(world.nowMs + world.random.between(0, LATER_MS), () => send(world, call));
}

function cancelAfter({ random }: World): number {
  return random.between(0, random.pick([20, 400, 2_000, 60_000]));
}

function cancel(world: World, call: Call): void {
  const process = aliveProcess(world);
  const order = world.tables.ordersByKey.get(call.request.key);
  if (!process || !order) return;
  if (world.trace) world.trace("partner", `cancels ${order.id}`);
  run(world, process, cancelOrder(world, process, order), () => {});
}
