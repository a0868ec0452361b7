import type { WaitingLine } from "@/lib/dispatch/plan-dispatch";
import type { VirtualOrder } from "./world";

/** What lib/dispatch/load-waiting.ts reads at most: of all, and of one partner. */
const MAX_LINES = 3_000;
const MOST_OF_ONE = 600;
const LEAST_OF_ONE = 5;

/** The queue: what waits, by lane and partner, in order of arrival. */
export class WaitingOrders {
  private readonly byId = new Map<string, VirtualOrder>();
  private readonly byPartner = new Map<string, Set<WaitingLine>>();

  get size(): number {
    return this.byId.size;
  }

  get(lineId: string): VirtualOrder | undefined {
    return this.byId.get(lineId);
  }

  /** In order of arrival. */
  all(): IterableIterator<VirtualOrder> {
    return this.byId.values();
  }

  add(order: VirtualOrder): void {
    const { line } = order;
    this.byId.set(line.id, order);
    const lines = this.byPartner.get(keyOf(line));
    if (lines) lines.add(line);
    else this.byPartner.set(keyOf(line), new Set([line]));
  }

  remove(line: WaitingLine): void {
    this.byId.delete(line.id);
    const lines = this.byPartner.get(keyOf(line));
    lines?.delete(line);
    if (lines?.size === 0) this.byPartner.delete(keyOf(line));
  }

  /** The head of each partner's queue, leaving some products out. */
  heads(without: ReadonlySet<number>): WaitingLine[] {
    const share = Math.max(LEAST_OF_ONE, Math.min(MOST_OF_ONE, Math.floor(MAX_LINES / Math.max(this.byPartner.size, 1))));
    return [...this.byPartner.values()].flatMap((lines) => firstOf(lines, share, ({ productId }) => !without.has(productId)));
  }
}

const keyOf = ({ lane, partnerId }: WaitingLine) => `${lane} ${partnerId}`;

function firstOf(lines: Iterable<WaitingLine>, count: number, isWanted: (line: WaitingLine) => boolean): WaitingLine[] {
  const first: WaitingLine[] = [];
  for (const line of lines) {
    if (first.length >= count) break;
    if (isWanted(line)) first.push(line);
  }
  return first;
}
