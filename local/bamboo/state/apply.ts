import type { Catalog } from "../catalog/catalog";
import type { SandboxClock } from "../clock";
import type { RateTable } from "../money/rates";
import { outcomeOf } from "../orders/outcome";
import type { OrderRecord } from "../orders/types";
import type { SandboxEvent } from "./events";
import { restoreSnapshot } from "./snapshot";
import { defaultAccounts, freshState, type Push, type State } from "./state";

/** More than anybody looks at; a caller gone wild must not fill the memory. */
const MAX_VIOLATIONS = 100_000;

/** What events change. */
export interface World {
  state: State;
  catalog: Catalog;
  rates: RateTable;
  clock: SandboxClock;
  makeCatalog: () => Catalog;
}

/** Carries one event out. It is used when the event happens and again at every start, so it may look at nothing but the event and the world. */
export function applyEvent(world: World, event: SandboxEvent): void {
  const { state } = world;
  switch (event.t) {
    case "begin":
      world.state = freshState(event);
      break;
    case "accepted":
      applyAccepted(world, event.order, event.pushes);
      break;
    case "settled":
      applySettled(world, event.requestId, event.atMs, event.pushes);
      break;
    case "replanned":
      applyReplanned(state, event);
      break;
    case "pushes":
      addPushes(state, event.pushes);
      break;
    case "pushTried":
      applyPushTried(state, event.id, event.nextDueAtMs);
      break;
    case "notification":
      state.notification = event.settings;
      break;
    case "account":
      applyAccount(state, event);
      break;
    case "product":
      world.catalog.change(event.id, event.change, event.atMs);
      break;
    case "rate":
      if (event.perUsd === null) world.rates.overrides.delete(event.currency);
      else world.rates.overrides.set(event.currency, event.perUsd);
      break;
    case "violation":
      if (state.violations.length < MAX_VIOLATIONS) state.violations.push(event.violation);
      break;
    case "clock":
      world.clock.setOffset(event.offsetMs);
      break;
    case "reset":
      applyReset(world);
      break;
    case "snapshot":
      restoreSnapshot(world, event);
      break;
    case "order":
      indexOrder(state, event.order);
      break;
  }
}

function applyAccepted(world: World, order: OrderRecord, pushes: Push[]): void {
  const { state } = world;
  indexOrder(state, order);
  state.nextOrderId = Math.max(state.nextOrderId, order.orderId + 1);
  for (const item of order.items) {
    state.nextCardId = Math.max(state.nextCardId, item.firstCardId + item.quantity);
    moveStock(world, item.productId, -item.quantity);
  }
  const account = state.accounts.get(order.accountId);
  if (account) account.reserved += order.reserved;
  addPushes(state, pushes);
}

function applySettled(world: World, requestId: string, atMs: number, pushes: Push[]): void {
  const { state } = world;
  const order = state.orders.get(requestId);
  const account = order && state.accounts.get(order.accountId);
  if (!order || !account || order.settled) return;
  const { status, total, sold } = outcomeOf(order);
  account.reserved -= order.reserved;
  account.balance -= total;
  order.settled = { atMs, status, sold, total, balanceAfter: account.balance, transactionId: state.nextTransactionId };
  if (total > 0) {
    state.nextTransactionId += 1;
    state.charged.push(requestId);
  }
  for (const item of order.items) moveStock(world, item.productId, item.quantity - item.sold);
  addPushes(state, pushes);
}

function applyReplanned(state: State, event: Extract<SandboxEvent, { t: "replanned" }>): void {
  const order = state.orders.get(event.requestId);
  if (!order || order.settled) return;
  order.finalAtMs = event.finalAtMs;
  order.items = event.items;
}

function applyPushTried(state: State, id: number, nextDueAtMs: number | null): void {
  const push = state.pushes.get(id);
  if (!push) return;
  push.tries += 1;
  if (nextDueAtMs === null) state.pushes.delete(id);
  else push.dueAtMs = nextDueAtMs;
}

function applyAccount(state: State, event: Extract<SandboxEvent, { t: "account" }>): void {
  const account = state.accounts.get(event.id) ?? {
    id: event.id,
    currency: event.currency ?? "USD",
    balance: 0,
    reserved: 0,
    isActive: true,
  };
  account.balance = event.balance ?? account.balance;
  account.isActive = event.isActive ?? account.isActive;
  state.accounts.set(event.id, account);
}

/** Ids and the key of the codes go on: what was sold before the reset stays unique. */
function applyReset(world: World): void {
  const { state } = world;
  state.accounts = new Map(defaultAccounts.map((account) => [account.id, { ...account }]));
  state.orders.clear();
  state.orderIds.clear();
  state.pushes.clear();
  state.charged = [];
  state.violations = [];
  state.notification = null;
  world.rates.overrides.clear();
  world.catalog = world.makeCatalog();
}

function indexOrder(state: State, order: OrderRecord): void {
  state.orders.set(order.requestId.toLowerCase(), order);
  state.orderIds.set(order.orderId, order.requestId.toLowerCase());
}

function addPushes(state: State, pushes: Push[]): void {
  for (const push of pushes) {
    state.pushes.set(push.id, { ...push });
    state.nextPushId = Math.max(state.nextPushId, push.id + 1);
  }
}

function moveStock({ catalog }: World, productId: number, by: number): void {
  const product = catalog.product(productId);
  if (product?.count == null || by === 0) return;
  catalog.change(productId, { count: Math.max(0, product.count + by) }, null);
}
