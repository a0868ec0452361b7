import { BambooControl } from "../local/bamboo/control";
import { seededRandom } from "../local/bamboo/random";
import { setNotification } from "../local/up/first-news";
import type { System } from "../local/up/system";
import type { Bench, BenchOptions } from "./bench";
import { startJitter } from "./jitter/start";
import { populate } from "./population";
import { round } from "./sample";
import { withServices } from "./services";
import { backlogOf } from "./supplier/backlog";
import { takeCallbacks } from "./supplier/callbacks";
import type { CellFigures } from "./supplier/figures";
import { type Cell, LINES_PER_DISPATCH, runCell, type Stage } from "./supplier/run-cell";
import { readShelf } from "./supplier/shelf";
import { table } from "./table";

type Measured = Cell & CellFigures;

const SEED = 20_261_123;
const CELLS: readonly Cell[] = [
  { design: "ours", jitterMs: 10, counterMode: "fixed", first: true },
  { design: "ours", jitterMs: 10, counterMode: "sliding" },
  { design: "ours", jitterMs: 50, counterMode: "fixed" },
  { design: "ours", jitterMs: 50, counterMode: "sliding" },
  { design: "ours", jitterMs: 50, counterMode: "sliding", trouble: true },
  // The more lenient counter, for the design beside ours.
  { design: "naive", jitterMs: 10, counterMode: "fixed" },
  { design: "naive", jitterMs: 50, counterMode: "fixed" },
];
/** Its figures need no longer, and the whole is to end within eight minutes. */
const NAIVE_SECONDS = 20;
const BALANCE = 1_000_000_000;
const NAIVE_WARES = 500;
/** Each with a queue of its own to take turns with. */
const PARTNERS = 50;

export const supplier: Bench = {
  title: "Checkouts at the supplier: three processes, a full backlog, strict counters; beside it one order per dispatch",
  starts:
    "Starts all stand-ins on a folder of its own under .data/bench, and before the supplier's sandbox a proxy that makes ways uneven.",
  seconds: 60,
  run: (options) => withServices("supplier", options, (services, folder) => measure(services, folder, options)),
};

async function measure(services: System, folder: string, options: BenchOptions): Promise<Record<string, number>> {
  const stage = await setStage(services, folder);
  try {
    const measured: Measured[] = [];
    for (const cell of cellsOf(options)) {
      const seconds = cell.design === "naive" ? Math.min(options.seconds, NAIVE_SECONDS) : options.seconds;
      const figures = await runCell(cell, stage, { ...options, seconds });
      options.say(`  ${nameOf(cell)}: ${figures.utilisation} of the limit, ${figures.http429} refused`);
      measured.push({ ...cell, ...figures });
    }
    options.say(`\n${tableOf(measured)}\n${LEGEND}`);
    return summary(measured);
  } finally {
    await stage.end();
  }
}

function cellsOf({ only = "" }: BenchOptions): Cell[] {
  const chosen = CELLS.filter((cell) => nameOf(cell).includes(only));
  if (chosen.length === 0) throw new Error(`No cell's name has "${only}" in it. There are:\n${CELLS.map(nameOf).join("\n")}`);
  return chosen;
}

async function setStage({ env }: System, folder: string): Promise<Stage & { end(): Promise<void> }> {
  const control = new BambooControl(env.BAMBOO_BASE_URL ?? "", env.BAMBOO_CONTROL_TOKEN ?? "");
  const wares = await readShelf(control);
  await control.setBalance(Number(env.BAMBOO_ACCOUNT_ID), BALANCE);
  const backlog = backlogOf((await populate()).slice(0, PARTNERS), wares, seededRandom(SEED));
  const callbacks = await takeCallbacks();
  await setNotification({ ...env, APP_URL: callbacks.url });
  const jitter = await startJitter(env.BAMBOO_BASE_URL ?? "", folder);
  return {
    control,
    jitter,
    folder,
    backlog,
    env: {
      BAMBOO_BASE_URL: jitter.url,
      DISPATCH_MAX_LINES: String(LINES_PER_DISPATCH),
      WARES: JSON.stringify(wares.slice(0, NAIVE_WARES)),
    },
    end: async () => {
      await Promise.all([jitter.stop(), callbacks.stop()]);
    },
  };
}

const nameOf = ({ design, jitterMs, counterMode, trouble }: Cell) =>
  `${design}, ${jitterMs} ms, ${counterMode}${trouble ? ", trouble" : ""}`;

function tableOf(measured: readonly Measured[]): string {
  const rows = measured.map((cell) => [
    nameOf(cell),
    cell.utilisation.toFixed(3),
    cell.http429,
    cell.violations,
    cell.mostInASecond,
    cell.smallestGapMs.toFixed(1),
    cell.meanGapMs.toFixed(1),
    cell.readsPerDispatch.toFixed(2),
    cell.ordersPerMin,
    cell.cardsPerMin,
  ]);
  const head = [
    "checkouts",
    "of the limit",
    "429s",
    "violations",
    "most in 1 s",
    "least gap ms",
    "reads each",
    "orders/min",
    "cards/min",
  ];
  return table(head, rows);
}

const LEGEND = `
N ms      each request, and each answer, is under way for 0 to N ms more; with a gap of 500 ms at most about 500/(500 + N) is safe
fixed     the supplier's window opens at a first call; sliding: it holds the last second at any moment
trouble   one process's clock is 30 s off; Redis is flushed after a third of the time; a process is killed and started again after two thirds
ours      the product's drainer, ${LINES_PER_DISPATCH} products of one to five cards in a checkout (60 unless told otherwise: this machine's database would
          be what is measured), thousands of products so that no product's own window binds, database and Redis behind it
naive     one order a checkout, a token bucket of @upstash/ratelimit with blockUntilReady, two polls an order`;

/** The worst cell counts for limits and reads, the mean for what was carried. */
function summary(measured: readonly Measured[]): Record<string, number> {
  const trouble = measured.filter((cell) => cell.trouble);
  const of = (design: Cell["design"]) => measured.filter((cell) => cell.design === design && !cell.trouble);
  const naive = Object.entries(figuresFor(of("naive"))).map(([name, figure]) => [`naive_${name}`, figure]);
  const figures: Record<string, number> = {
    ...figuresFor(of("ours")),
    ...Object.fromEntries(naive),
    trouble_429: sum(trouble, "http429"),
    trouble_violations: sum(trouble, "violations"),
    trouble_utilisation: least(trouble, "utilisation"),
  };
  // Of cells that were not run there is no least and no most.
  return Object.fromEntries(Object.entries(figures).filter(([, figure]) => Number.isFinite(figure)));
}

function figuresFor(cells: readonly Measured[]): Record<string, number> {
  const at = (jitterMs: number) => cells.filter((cell) => cell.jitterMs === jitterMs);
  return {
    http_429: sum(cells, "http429"),
    violations: sum(cells, "violations"),
    utilisation_10ms: least(at(10), "utilisation"),
    utilisation_50ms: least(at(50), "utilisation"),
    reads_per_dispatch: Math.max(...cells.map(({ readsPerDispatch }) => readsPerDispatch)),
    orders_per_min: round(sum(cells, "ordersPerMin") / cells.length, 0),
    cards_per_min: round(sum(cells, "cardsPerMin") / cells.length, 0),
    most_in_a_second: Math.max(...cells.map(({ mostInASecond }) => mostInASecond)),
    smallest_gap_ms: least(cells, "smallestGapMs"),
  };
}

const sum = (cells: readonly Measured[], name: keyof CellFigures) => cells.reduce((total, cell) => total + cell[name], 0);
const least = (cells: readonly Measured[], name: keyof CellFigures) => Math.min(...cells.map((cell) => cell[name]));
