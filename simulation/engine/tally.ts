import { ORDER_STATES } from "@/lib/orders/states.shared";
import { FAULT_KINDS } from "./faults";

/** What was met, summed over seeds: plain counts, so that workers can send them. */
export interface Tally {
  seeds: number;
  events: number;
  faults: Record<string, number>;
  /** Orders by how they ended. */
  orders: Record<string, number>;
  /** What `nextAction` answered. */
  actions: Record<string, number>;
  /** What the supplier's answers were taken for, by POST, read and verdict. */
  answers: Record<string, number>;
  /** Statements that the database refused, by constraint. */
  refusals: Record<string, number>;
  /** Purchases, cards and odd things worth a figure. */
  facts: Record<string, number>;
}

const ACTIONS = ["post", "ask", "wait", "reject", "escalate", "done"];
const FACTS = [
  "purchases",
  "cards sold",
  "duplicates caught",
  "supplier's loss",
  "late arrivals",
  "unordered cards taken",
  "halves",
  "joined purchases",
  "orders bought in parts",
  "kept back at the last moment",
  "departed again",
  "breakers opened",
  "probes",
  "turns given back",
  "events suppressed",
  "shortages shared",
  "told open by the report",
  "told over by the report",
  "dispatch-orders used up",
  "settle-dispatch used up",
];

export function emptyTally(): Tally {
  return {
    seeds: 0,
    events: 0,
    faults: zeros(FAULT_KINDS),
    orders: zeros([...ORDER_STATES, "refused"]),
    actions: zeros(ACTIONS),
    answers: {},
    refusals: {},
    facts: zeros(FACTS),
  };
}

export function addTally(sum: Tally, more: Tally): void {
  sum.seeds += more.seeds;
  sum.events += more.events;
  for (const part of ["faults", "orders", "actions", "answers", "refusals", "facts"] as const)
    for (const [name, count] of Object.entries(more[part])) sum[part][name] = (sum[part][name] ?? 0) + count;
}

/** Counts one more of something. */
export function count(counts: Record<string, number>, name: string, by = 1): void {
  counts[name] = (counts[name] ?? 0) + by;
}

function zeros(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 0]));
}
