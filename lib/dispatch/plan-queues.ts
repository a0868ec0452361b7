import type { Lane, Queue, WaitingLine } from "./plan-dispatch";
import type { Room } from "./plan-pace";

export const LANES = ["urgent", "normal"] as const satisfies readonly Lane[];

/** One partner's lines of one product that have not gone, oldest first. */
export interface Group {
  productId: number;
  lines: WaitingLine[];
}

/** One partner's queue in one lane, as far as it can go now. */
export interface PartnerQueue {
  partnerId: string;
  /** Of `deficits`. */
  key: string;
  weight: number;
  /** Products that it may order, by its oldest line. */
  ready: Group[];
  /** Products that this dispatch orders already, in the order in which that was decided. */
  opened: Group[];
  /** Products that would not go whole beside those. */
  postponed: Group[];
  /** Of a dispatch, by weight. */
  shareCards: number;
  /** Its cards of the products that this dispatch orders. */
  promisedCards: number;
  /** It had its oldest line in this plan. */
  served: boolean;
}

export interface Queues {
  urgent: PartnerQueue[];
  normal: PartnerQueue[];
  byProduct: Map<number, { queue: PartnerQueue; group: Group }[]>;
  /** What is promised, each partner's up to its share. */
  promisedCards: number;
  /** Until the first product has room, where none has it now. */
  shortestWaitMs: number;
}

/** Of `Turns.deficits`. */
export const turnKey = (lane: Lane, partnerId: string) => `${lane}:${partnerId}`;

/** The queues by lane and partner, partners by id, without lines whose product has no room. */
export function buildQueues({ lines, weights, heavy }: Queue, roomOf: (productId: number) => Room, maxCards: number): Queues {
  const found = new Found(weights);
  for (const line of [...lines].sort(byAge)) {
    const { lightMs, heavyMs } = roomOf(line.productId);
    const waitMs = heavy.has(line.partnerId) ? heavyMs : lightMs;
    found.queues.shortestWaitMs = Math.min(found.queues.shortestWaitMs, waitMs);
    // Where only light partners may order it, a heavy one's lines wait for one of them to do so.
    if (lightMs === 0) found.add(line, waitMs === 0);
  }
  const { queues } = found;
  const all = [...queues.urgent.sort(byPartner), ...queues.normal.sort(byPartner)];
  const allWeights = all.reduce((sum, { weight }) => sum + weight, 0);
  for (const queue of all) queue.shareCards = (maxCards * queue.weight) / allWeights;
  return queues;
}

class Found {
  readonly queues: Queues = {
    urgent: [],
    normal: [],
    byProduct: new Map(),
    promisedCards: 0,
    shortestWaitMs: Number.POSITIVE_INFINITY,
  };
  private readonly byKey = new Map<string, { queue: PartnerQueue; groups: Map<number, Group> }>();

  constructor(private readonly weights: ReadonlyMap<string, number>) {}

  add(line: WaitingLine, mayOpen: boolean): void {
    const { productId } = line;
    const { byProduct } = this.queues;
    const { queue, groups } = this.queueOf(line);
    const known = groups.get(productId);
    if (known) {
      known.lines.push(line);
      return;
    }
    const group = { productId, lines: [line] };
    groups.set(productId, group);
    if (mayOpen) queue.ready.push(group);
    const holders = byProduct.get(productId);
    if (holders) holders.push({ queue, group });
    else byProduct.set(productId, [{ queue, group }]);
  }

  private queueOf({ lane, partnerId }: WaitingLine) {
    const key = turnKey(lane, partnerId);
    const known = this.byKey.get(key);
    if (known) return known;
    const weight = Math.max(this.weights.get(partnerId) ?? 1, 1);
    const queue: PartnerQueue = {
      partnerId,
      key,
      weight,
      ready: [],
      opened: [],
      postponed: [],
      shareCards: 0,
      promisedCards: 0,
      served: false,
    };
    const made = { queue, groups: new Map<number, Group>() };
    this.byKey.set(key, made);
    this.queues[lane].push(queue);
    return made;
  }
}

export function somethingLeft({ ready, opened, postponed }: PartnerQueue): boolean {
  return [...ready, ...opened, ...postponed].some(({ lines }) => lines.length > 0);
}

function byAge(a: WaitingLine, b: WaitingLine): number {
  return a.queuedAtMs - b.queuedAtMs || (a.id < b.id ? -1 : 1);
}

function byPartner(a: PartnerQueue, b: PartnerQueue): number {
  return a.partnerId < b.partnerId ? -1 : 1;
}
