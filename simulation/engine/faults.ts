import { count } from "./tally";
import type { World } from "./world";

/** What can go wrong, with how often it does where its turn comes (before a seed's own factor), and what it is. */
export const FAULTS = {
  crash: [0.012, "a process dies between two awaits and starts again"],
  stall: [0.008, "one await of a process takes 5 to 120 seconds"],
  slow: [0.05, "an await takes up to 3 seconds"],
  "clock-jump": [0.3, "a process's own clock jumps by up to 26 hours"],
  "db-error": [0.015, "the database does not take a statement"],
  "commit-lost": [0.02, "a transaction commits and its answer is lost"],
  halt: [0.05, "a process stands still between its departure and its request, for up to a quarter of an hour"],
  "redis-down": [0.03, "Redis does not answer"],
  "redis-slow": [0.4, "each way to Redis and back takes 130 to 200 ms, from the first to the last"],
  "redis-forgets": [0.03, "Redis loses its memory"],
  "redis-answer-late": [0.05, "the answer to a reservation or departure comes up to 3 seconds after it was made"],
  "probe-dies": [0.3, "a process dies that has the breaker's probe"],
  "queue-down": [0.15, "the queue does not take events, or takes them and does not say so"],
  "event-lost": [0.2, "an event is delivered to nobody"],
  "event-doubled": [0.25, "an event is delivered two to five times"],
  "event-late": [0.2, "an event comes 10 seconds to 30 minutes late, out of order"],
  "event-day-late": [0.15, "an event comes after 25 hours, perhaps once more than it should"],
  "run-doubled": [0.5, "the queue lets several runs follow one purchase at once"],
  "request-lost": [0.15, "a request never reaches the supplier"],
  "request-late": [0.15, "a request reaches the supplier seconds to half an hour late"],
  "request-doubled": [0.15, "the network delivers one request twice"],
  "answer-lost": [0.15, "the supplier acts, and its answer never comes"],
  "answer-cut": [0.15, "the supplier acts, and the connection is cut at once"],
  "answer-late": [0.1, "an answer comes seconds late, or after we gave up"],
  "answer-garbled": [0.1, "an answer comes as something else than what was sent"],
  "429": [0.15, "the supplier refuses to be asked so often, whatever we did"],
  "quota-halved": [0.1, "the supplier allows half as much for a minute"],
  "supplier-away": [0.08, "the supplier fails whatever it is asked, for up to two minutes"],
  "5xx-before": [0.15, "the supplier fails before it acted"],
  "5xx-after": [0.15, "the supplier fails after it acted"],
  "out-of-stock": [0.2, "a product is out of stock, or cannot be ordered, for a while"],
  poison: [0.5, "one product is refused for as long as there are faults, and with it what it is bought with"],
  "our-fault": [0.15, "the supplier refuses us for a while: funds, account, set-up"],
  "partial-failure": [0.3, "some cards are not bought"],
  "order-failed": [0.15, "no card is bought"],
  "read-lag": [0.4, "an accepted purchase cannot be read for up to a minute"],
  "slow-supplier": [0.4, "a purchase is over only after minutes"],
  contradiction: [0.3, "an answer contradicts itself"],
  "duplicate-code": [0.15, "a code, or a card, is delivered that was delivered before"],
  "callback-lost": [0.4, "the supplier's callback is lost"],
  "callback-doubled": [0.3, "the supplier calls back several times"],
  "callback-early": [0.3, "the callback comes before the answer to the POST"],
  "callback-late": [0.3, "the callback comes minutes or hours late"],
  "partner-lost": [0.2, "a partner's request or its answer is lost, and is repeated with the same key"],
  "partner-retry": [0.4, "a partner repeats an answered request with the same key"],
  cancel: [0.5, "a partner cancels, at any moment"],
} as const satisfies Record<string, readonly [number, string]>;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS).filter((name): name is FaultKind => Object.hasOwn(FAULTS, name));

export type Rates = Record<FaultKind, number>;

const NEVER = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as Rates;

/** A seed has some of the faults, not all: many at once hide each other. */
const SHARES_OF_KINDS = [0.08, 0.22, 0.22, 0.45] as const;
const FACTORS = [0.4, 1, 1, 2] as const;
const MAX_RATE = 0.9;

/** How often each fault happens in this seed. With `only`, those and no others. */
export function drawRates({ random }: { random: World["random"] }, only: ReadonlySet<FaultKind> | null): Rates {
  const rates = { ...NEVER };
  const share = random.pick(SHARES_OF_KINDS);
  for (const kind of FAULT_KINDS) {
    const on = only ? only.has(kind) : random.chance(share);
    if (on) rates[kind] = Math.min(FAULTS[kind][0] * random.pick(FACTORS), MAX_RATE);
  }
  return rates;
}

/** Whether the fault happens here and now, counted. Never once the seed's faults have stopped. */
export function happens(world: World, kind: FaultKind): boolean {
  const rate = world.rates[kind];
  if (rate === 0 || world.nowMs >= world.faultsUntilMs || !world.random.chance(rate)) return false;
  count(world.tally.faults, kind);
  return true;
}
