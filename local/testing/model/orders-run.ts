import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { db } from "@/drizzle/client";
import { resolveAlert } from "@/lib/alerts";
import { getOrder } from "@/lib/orders";
import { LINE_MOVES, ORDER_MOVES } from "@/lib/orders/states.shared";
import type { Ending } from "./orders-answers";
import { type Action, apply, resolve } from "./orders-apply";
import type { OrderCommand, OrderStep } from "./orders-commands";
import { emptyOrders, isOpen, type OrdersModel, totalOf } from "./orders-model";
import { type OrdersView, readView, viewOfModel } from "./orders-view";
import { dispatchIdOf, type OrdersWorld, openOrdersWorld, orderIdOf, performReal } from "./orders-world";

/** Runs one sequence against the model and the database. Throws where what is told, or what is stored, differs. */
export async function runOrdersSequence(productIds: readonly number[], steps: readonly OrderStep[]): Promise<void> {
  const run: Run = { world: await openOrdersWorld(productIds), model: emptyOrders(), inOrder: true };
  for (const step of steps) await take(run, step);
  await endEverything(run);
  await compareWithScreens(run);
  await endAlerts(run);
}

interface Run {
  world: OrdersWorld;
  model: OrdersModel;
  /** Whether nothing was done at once so far, so that the timeline's order is known. */
  inOrder: boolean;
}

/** One command is compared with the model; of two at once, some order of the two must explain all that came of them. */
async function take(run: Run, step: OrderStep): Promise<void> {
  const { world, model: before } = run;
  const actions = step.map((command) => resolve(before, command));
  if (actions.length > 1) run.inOrder = false;
  const told = await Promise.all(actions.map((action) => performReal(world, action)));
  const real = { told, view: await readReal(run, before, actions) };
  const explanations = serialOrders(before, actions).map(({ model, told: wouldBe }) => ({
    model,
    expected: { told: wouldBe, view: viewOfModel(model, run.inOrder) },
  }));
  const fitting = explanations.find(({ expected }) => isDeepStrictEqual(expected, real));
  if (!fitting) expect({ after: actions, ...real }).toEqual({ after: actions, ...explanations[0]?.expected });
  else run.model = fitting.model;
  expectMoves(viewOfModel(before, run.inOrder), real.view);
}

function serialOrders(before: OrdersModel, [first, second]: readonly Action[]): { model: OrdersModel; told: string[] }[] {
  if (!first) return [];
  const one = apply(before, first);
  if (!second) return [{ model: one.model, told: [one.told] }];
  const other = apply(before, second);
  const [then, instead] = [apply(one.model, second), apply(other.model, first)];
  return [
    { model: then.model, told: [one.told, then.told] },
    { model: instead.model, told: [instead.told, other.told] },
  ];
}

function readReal({ world, inOrder }: Run, model: OrdersModel, actions: readonly Action[]): Promise<OrdersView> {
  const keys = [...Object.keys(model.orders), ...actions.flatMap((action) => (action.do === "place" ? [action.key] : []))];
  return readView(world.partnerId, new Map(keys.map((key) => [orderIdOf(world, key), key])), inOrder);
}

/** Every change of state is one of the allowed moves, or two of them where two things were done at once. */
function expectMoves(before: OrdersView, after: OrdersView): void {
  for (const [key, order] of Object.entries(before.orders)) {
    const now = after.orders[key];
    expect(reaches(ORDER_MOVES, order.status, now?.status), `order ${order.status} -> ${now?.status}`).toBe(true);
    for (const [at, line] of order.lines.entries())
      expect(reaches(LINE_MOVES, line.status, now?.lines[at]?.status), `line ${line.status} -> ${now?.lines[at]?.status}`).toBe(
        true,
      );
  }
}

function reaches(moves: Readonly<Record<string, readonly string[]>>, from: string, to: string | undefined): boolean {
  const once = moves[from] ?? [];
  return to === from || once.some((next) => next === to || (moves[next] ?? []).some((then) => then === to));
}

const DEFINITE_NO: Ending = { word: "Failed", sold: [0], odd: "nothing" };
const ALL_SOLD: Ending = { word: "Succeeded", sold: [100], odd: "nothing" };

/** Once the supplier says how it ended, every order ends and nothing stays held; hearing it again changes nothing. */
async function endEverything(run: Run): Promise<void> {
  const commands: OrderCommand[] = [
    ...Object.values(run.model.orders).flatMap(({ status }, order) =>
      status === "queued" ? [{ do: "cancel" as const, order }] : [],
    ),
    ...Object.values(run.model.dispatches).flatMap((told, dispatch) =>
      isOpen(told) ? [{ do: "settle" as const, dispatch, ending: dispatch % 2 === 0 ? DEFINITE_NO : ALL_SOLD }] : [],
    ),
    ...Object.values(run.model.dispatches).map((_, dispatch) => ({ do: "settle" as const, dispatch, ending: ALL_SOLD })),
  ];
  for (const command of commands) await take(run, [command]);
  const { wallet, orders } = viewOfModel(run.model, run.inOrder);
  expect(Object.values(orders).filter(({ status }) => FINAL_STATES.includes(status)).length).toBe(Object.keys(orders).length);
  expect(wallet.held).toBe(0);
}

const FINAL_STATES = Object.entries(ORDER_MOVES).flatMap(([state, moves]) => (moves.length === 0 ? [state] : []));

/** What partners see adds up to the same. */
async function compareWithScreens({ world, model }: Run): Promise<void> {
  for (const [key, order] of Object.entries(model.orders)) {
    const shown = await getOrder(world.ctx, orderIdOf(world, key));
    const { lines } = viewOfModel({ ...model, orders: { [key]: order } }, false).orders[key] ?? { lines: [] };
    const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((total, line) => total + of(line), 0);
    expect(shown).toMatchObject({
      status: order.status,
      delivered: sum(({ delivered }) => delivered),
      total: { amountMinor: totalOf(order.body) },
      captured: { amountMinor: sum(({ capturedMinor }) => capturedMinor) },
      returned: { amountMinor: sum(({ returnedMinor }) => returnedMinor) },
      position: null,
      cancellable: false,
    });
    expect(shown.cardList).toHaveLength(shown.delivered);
  }
}

/** Other suites page through the alerts of the same database. */
async function endAlerts({ world, model }: Run): Promise<void> {
  for (const [name, { alerts }] of Object.entries(model.dispatches))
    for (const kind of alerts) await resolveAlert(db(), { kind, subject: `dispatch:${dispatchIdOf(world, name)}` });
}
