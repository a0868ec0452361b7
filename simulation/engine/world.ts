import { type Checked, nothingChecked } from "../check/checked";
import { type BreakerMemory, closedBreaker } from "../outside/breaker";
import { type BudgetMemory, emptyMemory } from "../outside/budget";
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
  breakers: { placeOrder: BreakerMemory; getOrder: BreakerMemory };
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
const MAX_PROCESSES = 3;

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
    breakers: { placeOrder: closedBreaker(), getOrder: closedBreaker() },
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
  const processes = random.between(1, MAX_PROCESSES);
  for (let number = 1; number <= processes; number++)
    world.processes.push({
      number,
      name: `app${number}`,
      alive: true,
      skewMs: 0,
      tasks: new Set(),
      trips: [],
      relaying: false,
      relayWanted: false,
    });
  return world;
}

/** Something of before the end of the faults is still to come: the bound on virtual time counts from there. */
export function owe(world: World, atMs: number): void {
  if (atMs > world.lastDebtMs) world.lastDebtMs = atMs;
}
