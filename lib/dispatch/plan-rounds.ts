import type { Basket } from "./plan-basket";
import type { Lane, WaitingLine } from "./plan-dispatch";
import { nextGroup } from "./plan-promises";
import { type Group, type PartnerQueue, type Queues, somethingLeft } from "./plan-queues";

/** Cards that a partner of weight 1 may have in one round. */
export const QUANTUM_CARDS = 10;

/** Where a lane had to stop: the line that is in turn and does not fit, and with whom the next plan goes on. */
export interface Stop {
  line: WaitingLine;
  partnerId: string;
}

/**
 * Deficit round robin by cards: in each round every partner gets a quantum times its weight and sends while it is not in debt; its last
 * line may take it into debt, which it pays back before it sends again, so that a large line need not be saved up for. The rounds stop at
 * the first line that does not fit. The partner in turn keeps its turn for the next plan, and the room that is left goes to what fits.
 */
export function takeTurns(
  queues: Queues,
  lane: Lane,
  next: string | null,
  deficits: Map<string, number>,
  basket: Basket,
): Stop | null {
  const ring = startingAt(queues[lane], next);
  const nextOf: NextOf = (queue) => nextGroup(queues, queue, basket.limits.maxCards);
  while (ring.some(nextOf)) {
    for (const queue of ring) {
      if (!nextOf(queue)) continue;
      const line = visit(queue, nextOf, deficits, basket);
      if (!line) continue;
      fillUp(ring, nextOf, deficits, basket);
      return { line, partnerId: queue.partnerId };
    }
  }
  return null;
}

type NextOf = (queue: PartnerQueue) => Group | undefined;

function visit(queue: PartnerQueue, nextOf: NextOf, deficits: Map<string, number>, basket: Basket): WaitingLine | null {
  const quantum = QUANTUM_CARDS * queue.weight;
  charge(deficits, queue, -quantum);
  while ((deficits.get(queue.key) ?? 0) > 0) {
    const group = nextOf(queue);
    const line = group?.lines[0];
    if (!group || !line) return null;
    if (!basket.fits(line)) {
      // The next plan begins with this visit, and gives the quantum then.
      charge(deficits, queue, quantum);
      return line;
    }
    take(queue, group, line, deficits, basket);
  }
  return null;
}

/** One line of each in turn. Nobody's lines pass an earlier one of their own, which would be kept waiting by them for ever. */
function fillUp(ring: readonly PartnerQueue[], nextOf: NextOf, deficits: Map<string, number>, basket: Basket): void {
  for (let found = true; found; ) {
    found = false;
    for (const queue of ring) {
      const group = nextOf(queue);
      const line = group?.lines[0];
      if (!group || !line || !basket.fits(line)) continue;
      take(queue, group, line, deficits, basket);
      found = true;
    }
  }
}

/** What goes out of turn is charged as well. */
export function take(queue: PartnerQueue, group: Group, line: WaitingLine, deficits: Map<string, number>, basket: Basket): void {
  group.lines.splice(group.lines.indexOf(line), 1);
  basket.put(line);
  queue.served = true;
  charge(deficits, queue, line.quantity);
}

function charge(deficits: Map<string, number>, { key }: PartnerQueue, cards: number): void {
  deficits.set(key, (deficits.get(key) ?? 0) - cards);
}

/**
 * What is kept: the credit of those who were stopped and everybody's debts. Credit of a partner with nothing that could go is dropped; a
 * debt of a partner that has nothing waiting is forgiven a quantum a plan, so that it cannot be shaken off by waiting for a moment.
 */
export function carryOver(queues: readonly PartnerQueue[], deficits: ReadonlyMap<string, number>): Record<string, number> {
  const present = new Map(queues.map((queue) => [queue.key, queue]));
  const kept = [...deficits].map(([key, deficit]) => {
    const queue = present.get(key);
    if (!queue) return [key, Math.min(deficit + QUANTUM_CARDS, 0)] as const;
    return [key, somethingLeft(queue) ? deficit : Math.min(deficit, 0)] as const;
  });
  return Object.fromEntries(kept.filter(([, deficit]) => deficit !== 0));
}

function startingAt(queues: readonly PartnerQueue[], next: string | null): PartnerQueue[] {
  const from = next === null ? 0 : queues.findIndex(({ partnerId }) => partnerId >= next);
  return from <= 0 ? [...queues] : [...queues.slice(from), ...queues.slice(0, from)];
}
