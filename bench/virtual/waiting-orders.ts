import type { WaitingLine } from "@/lib/dispatch/plan-dispatch";
import { HEAVY_LINES } from "@/lib/product-pace";
import type { VirtualOrder } from "./world";

/** What lib/dispatch/load-waiting.ts reads at most: of all, of one partner, and of a heavy one what may go beside others' only. */
const MAX_LINES = 3_000;
const MOST_OF_ONE = 600;
const LEAST_OF_ONE = 5;
const RIDERS_OF_ONE = 100;

/** Products that nobody may order now, and those that a heavy partner may not open. */
export interface WithoutRoom {
  light: readonly number[];
  heavy: readonly number[];
}

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

  /** How many lines a partner has waiting in the lane in which it has most. */
  most(partnerId: string): number {
    return Math.max(...LANES.map((lane) => this.byPartner.get(keyOf({ lane, partnerId }))?.size ?? 0));
  }

  /** The head of each partner's queue, leaving out what has no room for it, and who is heavy. */
  heads({ light, heavy }: WithoutRoom): { lines: WaitingLine[]; heavy: ReadonlySet<string> } {
    const share = Math.max(LEAST_OF_ONE, Math.min(MOST_OF_ONE, Math.floor(MAX_LINES / Math.max(this.byPartner.size, 1))));
    const [shut, closed] = [new Set(light), new Set(heavy)];
    const heavyPartners = new Set<string>();
    const loaded: WaitingLine[] = [];
    for (const lines of this.byPartner.values()) {
      if (lines.size <= HEAVY_LINES) {
        loaded.push(...firstOf(lines, share, ({ productId }) => !shut.has(productId)));
        continue;
      }
      for (const { partnerId } of firstOf(lines, 1, () => true)) heavyPartners.add(partnerId);
      loaded.push(...firstOf(lines, share, ({ productId }) => !closed.has(productId)));
      loaded.push(...firstOf(lines, RIDERS_OF_ONE, ({ productId }) => closed.has(productId) && !shut.has(productId)));
    }
    return { lines: loaded, heavy: heavyPartners };
  }
}

const LANES = ["urgent", "normal"] as const;

const keyOf = ({ lane, partnerId }: Pick<WaitingLine, "lane" | "partnerId">) => `${lane} ${partnerId}`;

function firstOf(lines: Iterable<WaitingLine>, count: number, isWanted: (line: WaitingLine) => boolean): WaitingLine[] {
  const first: WaitingLine[] = [];
  for (const line of lines) {
    if (first.length >= count) break;
    if (isWanted(line)) first.push(line);
  }
  return first;
}
