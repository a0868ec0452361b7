import { type Answer, answerOf, endDoubt, raise, settleInModel } from "./orders-answers";
import type { OrderCommand } from "./orders-commands";
import {
  addDispatch,
  type Body,
  finish,
  isOpen,
  lineOf,
  type ModelDispatch,
  type ModelOrder,
  moneyOfLine,
  type OrdersModel,
  ordersOf,
  PRODUCTS,
  type Share,
  type Told,
  totalOf,
  walletOf,
} from "./orders-model";

/** A command with what its numbers stand for. */
export type Action =
  | Extract<OrderCommand, { do: "place" }>
  | { do: "cancel" | "claim"; key: string }
  | { do: "begin" | "later" | "follow"; name: string }
  | { do: "answer"; name: string; attempt: number; told: Told }
  | { do: "settle"; name: string; answer: Answer };

const FIRST_ORDER: Action = {
  do: "place",
  key: "first",
  body: {
    lines: [
      { product: 0, quantity: 2 },
      { product: 1, quantity: 1 },
    ],
    ceiling: "exact",
  },
};

/**
 * What a command is about, as things are; of two at once both are about what there was before them. Where there is nothing yet, what
 * has to come first is done instead.
 */
export function resolve(model: OrdersModel, command: OrderCommand): Action {
  if (command.do === "place") return command;
  const orders = Object.entries(model.orders);
  const key = choose(orders, ([, { status }]) => status === "queued", "order" in command ? command.order : 0)?.[0];
  if ("order" in command) return key ? { do: command.do, key } : FIRST_ORDER;
  const [name, dispatch] = choose(Object.entries(model.dispatches), ([, told]) => isOpen(told), command.dispatch) ?? [];
  if (!name || !dispatch) return key ? { do: "claim", key } : FIRST_ORDER;
  if (command.do === "settle") return { do: "settle", name, answer: answerOf(model, name, dispatch, command.ending) };
  const attempt = dispatch.attempts.length - 1;
  if (command.do === "follow" && command.dispatch % OVER_EACH !== 0) return towardsRejection(name, dispatch, attempt);
  if (command.do !== "answer") return { do: command.do, name };
  return attempt >= 0 ? { do: "answer", name, attempt, told: command.told } : { do: "begin", name };
}

/** A rejection takes an attempt, its refusal and the decision: what is missing is done first. */
function towardsRejection(name: string, dispatch: ModelDispatch, attempt: number): Action {
  if (nextOf(dispatch) === "post") return { do: "begin", name };
  if (isOpen(dispatch) && dispatch.attempts[attempt]?.told === null)
    return { do: "answer", name, attempt, told: { kind: "rejected", reason: "ProductIsOutOfStock" } };
  return { do: "follow", name };
}

/** Mostly of those that are open, where there are any. */
function choose<T>(all: readonly T[], open: (one: T) => boolean, number: number): T | undefined {
  const live = all.filter(open);
  const among = live.length > 0 && number % OVER_EACH !== 0 ? live : all;
  return among[Math.floor(number / OVER_EACH) % Math.max(among.length, 1)];
}

/** One command in so many may meet what is over. */
const OVER_EACH = 4;

/** The model after an action that nothing else is beside, and what the caller is told. */
export function apply(before: OrdersModel, action: Action): { model: OrdersModel; told: string } {
  const model = structuredClone(before);
  return { model, told: perform(model, action) };
}

function perform(model: OrdersModel, action: Action): string {
  switch (action.do) {
    case "place":
      return place(model, action.key, action.body);
    case "cancel":
      return cancel(found(model.orders[action.key]));
    case "claim":
      return claim(model, action.key, found(model.orders[action.key]));
    default:
      return performOnDispatch(model, found(model.dispatches[action.name]), action);
  }
}

function performOnDispatch(model: OrdersModel, dispatch: ModelDispatch, action: Extract<Action, { name: string }>): string {
  switch (action.do) {
    case "begin":
      if (nextOf(dispatch) !== "post") return "refused";
      dispatch.attempts.push({ told: null, old: false });
      return "begun";
    case "answer":
      record(model, dispatch, action.attempt, action.told);
      return "done";
    case "later":
      for (const attempt of dispatch.attempts) attempt.old = true;
      return "done";
    case "follow":
      if (nextOf(dispatch) === "reject") reject(model, dispatch);
      return "done";
    case "settle":
      settleInModel(model, dispatch, action.answer);
      return "done";
  }
}

function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error("The action is about something that the model does not have");
  return thing;
}

function place(model: OrdersModel, key: string, body: Body): string {
  const earlier = model.orders[key];
  if (earlier) return JSON.stringify(earlier.body) === JSON.stringify(body) ? "replayed" : "idempotency_key_reused";
  const cardsOf = (wanted: number) =>
    body.lines.reduce((cards, { product, quantity }) => cards + (product === wanted ? quantity : 0), 0);
  const orderable = body.lines.every(({ product }) => cardsOf(product) <= (PRODUCTS[product]?.stock ?? Number.POSITIVE_INFINITY));
  if (!orderable || body.lines.some(({ product }) => model.refused.includes(product))) return "not_orderable";
  if (body.ceiling === "below") return "price_changed";
  if (totalOf(body) > walletOf(model).available) return "insufficient_funds";
  const lines = body.lines.map((line) => ({ ...line, status: "queued" as const, delivered: 0, returnedMinor: 0 }));
  model.orders[key] = { body, status: "queued", lines, events: ["accepted"] };
  return "accepted";
}

function cancel(order: ModelOrder): string {
  if (order.status !== "queued") return "order_not_cancellable";
  order.status = "cancelled";
  for (const line of order.lines) Object.assign(line, { status: "cancelled", returnedMinor: moneyOfLine(line).heldMinor });
  order.events.push("cancelled");
  return "cancelled";
}

function claim(model: OrdersModel, key: string, order: ModelOrder): string {
  if (order.status !== "queued") return "lost";
  order.status = "processing";
  for (const line of order.lines) line.status = "processing";
  order.events.push("claimed");
  addDispatch(
    model,
    order.lines.map((_, line) => ({ order: key, line })),
  );
  return "claimed";
}

const LINES_FAULT: readonly string[] = ["ProductIsOutOfStock", "InvalidProduct"];

/** Only what a test can bring about without the supplier: posting, and the end of what was refused by definite words alone. */
export function nextOf({ status, attempts }: ModelDispatch): "post" | "reject" | "other" {
  if (status !== "prepared") return "other";
  const real = attempts.filter(({ told }) => told?.kind !== "throttled");
  const last = real.at(-1);
  if (!last) return "post";
  const refusedForLine = last.told?.kind === "rejected" && LINES_FAULT.includes(last.told.reason);
  if (refusedForLine && real.every(({ told }) => told?.kind === "rejected")) return "reject";
  return last.old && !refusedForLine ? "post" : "other";
}

function record(model: OrdersModel, dispatch: ModelDispatch, at: number, told: Told): void {
  const attempt = found(dispatch.attempts[at]);
  if (attempt.told === null) Object.assign(attempt, { told, old: false });
  const orders = ordersOf(model, dispatch);
  if (told.kind === "placed") placed(model, dispatch, orders);
  if (told.kind === "unknown" && dispatch.status === "prepared") {
    dispatch.inDoubt = true;
    for (const order of orders) if (order.status === "processing") moveWith(order, "confirming");
  }
  const ours = told.kind === "rejected" && !LINES_FAULT.includes(told.reason);
  const refusedBefore = dispatch.attempts.some((other, index) => index !== at && other.told?.kind === "rejected");
  if (ours && !refusedBefore) for (const order of orders) order.events.push("delayed");
}

function placed(model: OrdersModel, dispatch: ModelDispatch, orders: readonly ModelOrder[]): void {
  if (dispatch.status === "rejected") raise(dispatch, "dispatch.placed_after_rejection");
  if (dispatch.status !== "prepared") return;
  dispatch.status = "placed";
  dispatch.inDoubt = false;
  for (const order of orders) {
    const doubtful = Object.values(model.dispatches).some(
      (other) => other.status === "prepared" && other.inDoubt && ordersOf(model, other).includes(order),
    );
    if (order.status === "confirming" && !doubtful) order.status = "processing";
    order.events.push("placed");
  }
}

function moveWith(order: ModelOrder, to: "confirming"): void {
  order.status = to;
  order.events.push(to);
}

const SHORTAGE = "ProductIsOutOfStock";
const MAX_SHORTAGE_HALVINGS = 3;

/**
 * One product: that is its end, but for a shortage, in which those who wait for it travel on in two, first come first. Several: they
 * travel on in halves, by product.
 */
function reject(model: OrdersModel, dispatch: ModelDispatch): void {
  dispatch.status = "rejected";
  endDoubt(dispatch);
  const [only] = dispatch.lines;
  if (!only || dispatch.lines.length > 1) {
    const byProduct = [...dispatch.lines].sort((a, b) => a.product - b.product);
    const middle = Math.ceil(byProduct.length / 2);
    for (const half of [byProduct.slice(0, middle), byProduct.slice(middle)])
      addDispatch(
        model,
        half.flatMap(({ shares }) => shares),
      );
    return;
  }
  if (only.shares.length > 1 && isShort(dispatch) && shortagesOf(model, only.shares[0]) <= MAX_SHORTAGE_HALVINGS) {
    const middle = Math.ceil(only.shares.length / 2);
    addDispatch(model, only.shares.slice(0, middle));
    addDispatch(model, only.shares.slice(middle));
    return;
  }
  model.refused.push(only.product);
  for (const share of only.shares) failLine(model, share);
  const orders = ordersOf(model, dispatch);
  for (const order of orders) order.events.push("line_failed");
  finish(orders);
}

function isShort({ attempts }: ModelDispatch): boolean {
  const told = attempts.filter((attempt) => attempt.told?.kind !== "throttled").at(-1)?.told;
  return told?.kind === "rejected" && told.reason === SHORTAGE;
}

/** How often a purchase of this one product was refused for want of it, this time included. */
function shortagesOf({ dispatches }: OrdersModel, first: Share | undefined): number {
  return Object.values(dispatches).filter(
    ({ status, lines, ...dispatch }) =>
      status === "rejected" &&
      lines.length === 1 &&
      isShort({ status, lines, ...dispatch }) &&
      lines[0]?.shares.some(({ order, line }) => order === first?.order && line === first.line),
  ).length;
}

function failLine(model: OrdersModel, share: Share): void {
  const line = lineOf(model, share);
  line.status = "failed";
  line.returnedMinor = moneyOfLine(line).heldMinor;
}
