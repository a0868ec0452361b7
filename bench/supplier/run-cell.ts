import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { BambooControl } from "../../local/bamboo/control";
import type { BenchOptions } from "../bench";
import type { Jitter } from "../jitter/start";
import type { Backlog } from "./backlog";
import { type Bought, type CellFigures, figuresOf, type Span } from "./figures";
import { type Fleet, startFleet } from "./fleet";
import { CLOCK_OFF_MS, makeTrouble } from "./trouble";

export interface Cell {
  design: "ours" | "naive";
  jitterMs: number;
  counterMode: "fixed" | "sliding";
  trouble?: boolean;
  /** Nothing is known of the ways to the supplier yet. */
  first?: boolean;
}

export interface Stage {
  control: BambooControl;
  jitter: Jitter;
  folder: string;
  backlog: Backlog;
  /** Of every process: the supplier behind the proxy, and what the naive design may buy. */
  env: Record<string, string>;
}

/** Connections open, and the first window is full. */
const WARM_UP_MS = 4_000;
/** Longer at first: the limits learn how long ways are from some calls. */
const FIRST_WARM_UP_MS = 14_000;
/** What was bought last is read by then. */
const ENDING_MS = 15_000;
const LOOK_EVERY_MS = 250;
/** As many orders of one line as make 3,000 a minute: with all that a dispatch may hold, this machine's database would be what is measured. */
export const LINES_PER_DISPATCH = 25;
/** Order lines of the same product share a line of the dispatch, so more of them fit. */
const MERGED = 1.3;
const DISPATCHES_A_SECOND = 2;

/** Runs one cell: a full backlog, the processes, so many seconds of work after a warm-up, then the last reads. */
export async function runCell(cell: Cell, stage: Stage, { seconds, signal }: BenchOptions): Promise<CellFigures> {
  const { control, jitter, backlog, folder, env } = stage;
  await control.setModes({ counterMode: cell.counterMode });
  await jitter.set(cell.jitterMs);
  const totalMs = seconds * 1_000 + warmUpMs(cell);
  if (cell.design === "ours")
    await backlog.fillTo(Math.ceil((totalMs / 1_000) * DISPATCHES_A_SECOND * LINES_PER_DISPATCH * MERGED));
  // Neither design knows of the other's calls, nor its own last cell's where it keeps no records.
  if (cell.design === "naive") await control.resetLimits();
  const name = `${cell.design}-${cell.jitterMs}-${cell.counterMode}`;
  const fleet = await startFleet({
    kind: cell.design === "ours" ? "worker" : "naive-worker",
    folder,
    env: { ...env, CELL: name },
    ...(cell.trouble ? { clockOffMs: CLOCK_OFF_MS } : {}),
  });
  try {
    const fromMs = await nowMs(control);
    const measured = await work(fleet, cell, stage, seconds * 1_000, signal);
    return figuresOf({ measured, ...(await seen(control, fromMs, cell.design)) });
  } finally {
    await fleet.stop();
  }
}

async function work(fleet: Fleet, cell: Cell, { control }: Stage, measuredMs: number, signal: AbortSignal): Promise<Span> {
  await fleet.buy();
  await sleep(warmUpMs(cell), undefined, { signal });
  const fromMs = await nowMs(control);
  if (cell.trouble) await makeTrouble(fleet, measuredMs, signal);
  else await sleep(measuredMs, undefined, { signal });
  const toMs = await nowMs(control);
  await fleet.rest();
  for (let waitedMs = 0; waitedMs < ENDING_MS && (await isUnderWay(control, cell)); waitedMs += LOOK_EVERY_MS)
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  return { fromMs, toMs };
}

const warmUpMs = ({ first }: Cell): number => (first ? FIRST_WARM_UP_MS : WARM_UP_MS);

/** The naive design keeps no records: both polls of its last order are sent within a few seconds. */
const POLLED_MS = 4_000;

async function isUnderWay(control: BambooControl, { design }: Cell): Promise<boolean> {
  if (design === "naive") {
    const last = (await control.arrivals("checkout")).at(-1);
    return last !== undefined && (await nowMs(control)) - last.atMs < POLLED_MS;
  }
  const { rows } = await db().execute(sql`select from dispatches where status in ('prepared', 'placed') limit 1`);
  return rows.length > 0;
}

async function seen(control: BambooControl, fromMs: number, design: Cell["design"]) {
  const [arrivals, violations, orders] = await Promise.all([control.arrivals(), control.violations(), control.orders()]);
  const ordersOf = design === "ours" ? await ordersByDispatch() : new Map<string, number>();
  const bought = orders.map(({ requestId, wanted }): [string, Bought] => [
    requestId,
    { orders: ordersOf.get(requestId.toLowerCase()) ?? 1, cards: wanted },
  ]);
  return {
    arrivals: arrivals.filter(({ atMs }) => atMs >= fromMs),
    violations: violations.filter(({ atMs }) => atMs >= fromMs),
    bought: new Map(bought),
  };
}

/** Orders of the backlog have one line. */
async function ordersByDispatch(): Promise<Map<string, number>> {
  const { rows } = await db().execute<{ id: string; lines: number }>(sql`
    select l.dispatch_id as id, count(distinct a.order_line_id) as lines
    from allocations a join dispatch_lines l on l.id = a.dispatch_line_id group by 1`);
  return new Map(rows.map(({ id, lines }) => [id, Number(lines)]));
}

const nowMs = async (control: BambooControl): Promise<number> => (await control.stats()).nowMs;
