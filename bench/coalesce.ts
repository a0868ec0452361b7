import type { Bench } from "./bench";
import { round } from "./sample";
import { table } from "./table";
import { CoalescingDrainer } from "./virtual/drainer";
import { MINUTE_MS, randomOrders } from "./virtual/market";
import { OneByOneDrainer } from "./virtual/one-by-one";
import { acceptedBetween, quantiles, waitsOf } from "./virtual/waits";
import { type MakeDrainer, runWorld, type World } from "./virtual/world";

const RATES = [30, 100, 300, 1_000, 3_000];
/** Not those that the planner's figures were chosen on (11 to 33). */
const SEEDS = [1_011, 1_012, 1_013];
const DRAINERS: readonly (readonly [string, MakeDrainer])[] = [
  ["ours", (world) => new CoalescingDrainer(world)],
  ["one by one", (world) => new OneByOneDrainer(world)],
];
const FOR_MS = 10 * MINUTE_MS;
const WARM_UP_MS = 2 * MINUTE_MS;
/** Orders of the last moments have had no time to be bought. */
const LEFT_OUT_MS = MINUTE_MS;

interface Cell {
  name: string;
  productWindow: boolean;
  ordersPerMinute: number;
  p50: number;
  p95: number;
  p99: number;
  callsPerOrder: number;
  readsPerDispatch: number;
  placedPerMinute: number;
  waitingAtTheEnd: number;
  refused: number;
}

export const coalesce: Bench = {
  title:
    "Wait from acceptance to placed at 30 to 3,000 orders a minute, coalesced by the planner and one by one, in virtual time",
  starts: `Starts nothing. ${FOR_MS / MINUTE_MS} virtual minutes of each load, ${SEEDS.length} seeds, 200 products (Zipf 1.1), 20 partners.`,
  run: async ({ say, signal }) => {
    const cells: Cell[] = [];
    for (const ordersPerMinute of RATES) {
      for (const productWindow of [true, false]) {
        for (const [name, drainer] of DRAINERS) {
          signal.throwIfAborted();
          cells.push(await measure(name, drainer, ordersPerMinute, productWindow));
        }
      }
    }
    say(`${tableOf(cells)}\n${LEGEND}`);
    return figuresOf(cells);
  },
};

const LEGEND = `
wait          seconds from the commit of an order to the supplier's yes; one that still waits counts with its age
calls         checkouts and reads for each order; one by one needs three
placed        orders a minute over the last half
left          orders that wait at the end, of one seed
refused       arrivals that the supplier's strict counters would have answered with 429`;

async function measure(name: string, drainer: MakeDrainer, ordersPerMinute: number, productWindow: boolean): Promise<Cell> {
  const worlds = SEEDS.map((seed) => {
    const arrivals = randomOrders({ seed: seed * 1_000, ordersPerMinute, forMs: FOR_MS });
    return runWorld({ seed, arrivals, productWindow }, drainer, FOR_MS);
  });
  const orders = worlds.flatMap((world) => acceptedBetween(world, WARM_UP_MS, FOR_MS - LEFT_OUT_MS));
  const { p50, p95, p99 } = quantiles(waitsOf({ nowMs: FOR_MS }, orders));
  const total = (count: (world: World) => number) => worlds.reduce((sum, world) => sum + count(world), 0);
  const reads = total(({ dispatches }) => dispatches.reduce((sum, dispatch) => sum + dispatch.reads, 0));
  const settled = worlds.flatMap(({ dispatches }) => dispatches.filter(({ settledAtMs }) => settledAtMs !== undefined));
  const placed = total(({ dispatches }) =>
    dispatches.reduce((sum, { orders, placedAtMs }) => sum + (placedAtMs ? orders.length : 0), 0),
  );
  const halfMs = FOR_MS / 2;
  return {
    name,
    productWindow,
    ordersPerMinute,
    p50,
    p95,
    p99,
    callsPerOrder: (total(({ dispatches }) => dispatches.length) + reads) / placed,
    readsPerDispatch: settled.reduce((sum, dispatch) => sum + dispatch.reads, 0) / settled.length,
    placedPerMinute: (total((world) => placedAfter(world, halfMs)) / SEEDS.length / halfMs) * MINUTE_MS,
    waitingAtTheEnd: total(({ waiting }) => waiting.size) / SEEDS.length,
    refused: total(({ refused }) => refused.length),
  };
}

function placedAfter({ orders }: World, fromMs: number): number {
  return orders.filter(({ placedAtMs }) => placedAtMs !== undefined && placedAtMs >= fromMs).length;
}

function tableOf(cells: readonly Cell[]): string {
  const rows = cells.map((cell) => [
    `${cell.ordersPerMinute} a minute, ${cell.name}${cell.productWindow ? "" : ", no product window"}`,
    cell.p50.toFixed(2),
    cell.p95.toFixed(2),
    cell.p99.toFixed(2),
    cell.callsPerOrder.toFixed(2),
    cell.readsPerDispatch.toFixed(3),
    cell.placedPerMinute.toFixed(0),
    cell.waitingAtTheEnd.toFixed(0),
    cell.refused,
  ]);
  return table(["orders", "wait p50 s", "p95 s", "p99 s", "calls", "reads/dispatch", "placed", "left", "refused"], rows);
}

function figuresOf(cells: readonly Cell[]): Record<string, number> {
  const cell = (name: string, ordersPerMinute: number, productWindow = true) => {
    const found = cells.find(
      (one) => one.name === name && one.ordersPerMinute === ordersPerMinute && one.productWindow === productWindow,
    );
    if (!found) throw new Error(`Nothing was measured for ${name} at ${ordersPerMinute} a minute.`);
    return found;
  };
  const busiest = cell("ours", 3_000);
  return {
    p95_1000_s: round(cell("ours", 1_000).p95, 2),
    p95_1000_nocap_s: round(cell("ours", 1_000, false).p95, 2),
    sustained_per_min: round(busiest.placedPerMinute, 0),
    p95_3000_s: round(busiest.p95, 2),
    p95_30_ratio: round(cell("ours", 30).p95 / cell("one by one", 30).p95, 2),
    p95_30_nocap_ratio: round(cell("ours", 30, false).p95 / cell("one by one", 30, false).p95, 2),
    calls_per_order_1000: round(cell("ours", 1_000).callsPerOrder, 3),
    reads_per_dispatch: round(cell("ours", 1_000).readsPerDispatch, 3),
    naive_sustained_per_min: round(cell("one by one", 3_000).placedPerMinute, 0),
    refused: cells.reduce((sum, { refused }) => sum + refused, 0),
  };
}
