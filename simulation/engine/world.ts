import { FRESH_TURNS, type Turns } from "@/lib/dispatch/plan-dispatch";
import type { DrainWord } from "../app/drain-watch";
import { type Checked, nothingChecked } from "../check/checked";
import { type BudgetMemory, emptyMemory, endpointMemory } from "../outside/budget";
import { WAYS_MS, WORK_MS } from "../outside/network";
import type { Run } from "../outside/runs";
import type { Supplier } from "../outside/supplier-rows";
import { emptySupplier } from "../outside/supplier-rows";
import { emptyTables, type Tables } from "../store/tables";
import type { Journal } from "../store/transaction";
import { Agenda } from "./agenda";
import { drawRates, type FaultKind, happens, type Rates } from "./faults";
import type { PlantedBug } from "./planted";
import { Random } from "./random";
import type { Tally } from "./tally";
import type { Process, Task } from "./tasks";

/** Everything that one seed is made of. Plain data; a run changes nothing outside it but the tally. */
export interface World {
  seed: number;
  random: Random;
  agenda: Agenda;
  nowMs: number;
  events: number;
  /** From then on nothing goes wrong any more, and everything has to end. */
  faultsUntilMs: number;
  /** When the last thing that the world still owes us (a late request, a slow purchase) is over. */
  lastDebtMs: number;
  rates: Rates;
  planted: PlantedBug | null;
  tables: Tables;
  processes: Process[];
  current: Task | null;
  journal: Journal | null;
  budgets: BudgetMemory;
  /** Redis is far away, and stays so when the faults have stopped: orders have to end all the same. */
  redisSlow: boolean;
  /** Who said that they drain the queue. */
  drainWord: DrainWord | null;
  drainers: number;
  tickets: number;
  turns: Turns;
  /** Of partners, by id. */
  weights: ReadonlyMap<string, number>;
  /** How much goes into one checkout: little, in some seeds, so that orders are split. */
  checkoutLimits: { maxCards: number; maxLines: number };
  /** An ordinary way to the supplier, and its own time for an acceptance. */
  wayMs: readonly [number, number];
  workMs: readonly [number, number];
  /** For how long a connection to it stays open that nobody uses. */
  openForMs: number;
  /** The sweep looks into the supplier's report of orders. */
  readsReport: boolean;
  supplier: Supplier;
  runs: Run[];
  /** The minute's cron goes. */
  ticking: boolean;
  /** Partners' requests that have no answer yet. */
  openCalls: number;
  checked: Checked;
  tally: Tally;
  trace: ((actor: string, text: string) => void) | null;
}

export interface WorldOptions {
  seed: number;
  tally: Tally;
  only?: ReadonlySet<FaultKind> | null;
  planted?: PlantedBug | null;
  trace?: ((atMs: number, actor: string, text: string) => void) | null;
}

/** Not zero, since a stored moment of zero reads as none. */
const BEGIN_MS = 1_000_000;
/** A few seeds are faulty for longer than a purchase may be in doubt before people are told. */
const FAULTY_FOR_MS = [15_000, 60_000, 60_000, 240_000, 240_000, 1_200_000] as const;
const PROCESSES = [1, 1, 2, 3] as const;
/** Of a connection that is not used; the shorter is the supplier's doing. */
const OPEN_FOR_MS = [30_000, 30_000, 1_500] as const;
const READS_REPORT = 0.3;
const WAYS_KNOWN = [0, 20, 60, 200] as const;
/** The share of refusals among the calls before; they take the supplier no time. */
const REFUSED = [0, 0, 0.1] as const;
const WEIGHTS: ReadonlyMap<string, number> = new Map([["partner2", 3]]);
/** A line has four cards at most. */
const MAX_CARDS = [500, 500, 6] as const;
const MAX_LINES = [60, 60, 2, 1] as const;

export function createWorld({ seed, tally, only = null, planted = null, trace = null }: WorldOptions): World {
  const random = new Random(seed);
  const world: World = {
    seed,
    random,
    agenda: new Agenda(),
    nowMs: BEGIN_MS,
    events: 0,
    faultsUntilMs: BEGIN_MS + random.pick(FAULTY_FOR_MS),
    lastDebtMs: 0,
    rates: drawRates({ random }, only),
    planted,
    tables: emptyTables(),
    processes: [],
    current: null,
    journal: null,
    budgets: emptyMemory(),
    redisSlow: false,
    drainWord: null,
    drainers: 0,
    tickets: 0,
    turns: FRESH_TURNS,
    weights: WEIGHTS,
    checkoutLimits: { maxCards: random.pick(MAX_CARDS), maxLines: random.pick(MAX_LINES) },
    wayMs: random.pick(WAYS_MS),
    workMs: random.pick(WORK_MS),
    readsReport: random.chance(READS_REPORT),
    openForMs: random.pick(OPEN_FOR_MS),
    supplier: emptySupplier(),
    runs: [],
    ticking: false,
    openCalls: 0,
    checked: nothingChecked(),
    tally,
    trace: null,
  };
  if (trace) world.trace = (actor, text) => trace(world.nowMs - BEGIN_MS, actor, text);
  world.redisSlow = happens(world, "redis-slow");
  learnWays(world);
  const processes = random.pick(PROCESSES);
  for (let number = 1; number <= processes; number++)
    world.processes.push({
      number,
      name: `app${number}`,
      alive: true,
      skewMs: 0,
      tasks: new Set(),
      claimsMs: [],
      trips: [],
      waysOpenUntilMs: [],
      relaying: false,
      relayWanted: false,
    });
  return world;
}

/** Some seeds begin with a Redis that knows the way to the supplier, as one that has been there for a while. */
function learnWays({ random, wayMs, workMs, budgets }: World): void {
  const known = random.pick(WAYS_KNOWN);
  const refused = random.pick(REFUSED);
  const { waysMs } = endpointMemory(budgets, "placeOrder");
  for (let way = 0; way < known; way++)
    waysMs.push(random.within(wayMs) + random.within(wayMs) + (random.chance(refused) ? 0 : random.within(workMs)));
}

/** Something of before the end of the faults is still to come: the bound on virtual time counts from there. */
export function owe(world: World, atMs: number): void {
  if (atMs > world.lastDebtMs) world.lastDebtMs = atMs;
}
