import type { Bench } from "./bench";
import { round } from "./sample";
import { table } from "./table";
import { CoalescingDrainer } from "./virtual/drainer";
import { type Arrival, MINUTE_MS, randomOrders, sortedByProduct, uploadAt } from "./virtual/market";
import { quantiles, waitsOf } from "./virtual/waits";
import { runWorld, type VirtualOrder, type World, type WorldOptions } from "./virtual/world";

/** Not those that the planner's figures were chosen on (21 to 420). Few orders wait much longer, so it takes many to tell. */
const SEEDS = Array.from({ length: 36 }, (_, index) => 1_001 + index);
const UPLOAD_LINES = 10_000;
const UPLOAD_AT_MS = MINUTE_MS;
const FOR_MS = 10 * MINUTE_MS;
/** Time for what came last. */
const AFTER_MS = 2 * MINUTE_MS;
const OTHERS = 10;
const OTHERS_PER_MINUTE = 30;
const URGENT_PARTNERS = 2;
const URGENT_PER_MINUTE = 6;
const WEIGHTS = [1, 3];

export const fairness: Bench = {
  title:
    "How much longer other partners' single orders wait while one partner's upload of 10,000 lines is bought, in virtual time",
  starts: `Starts nothing. ${OTHERS} partners with ${OTHERS_PER_MINUTE} orders a minute between them, the upload after one minute, ${SEEDS.length} seeds.`,
  run: async ({ say, signal }) => {
    const cells: { shuffled: Beside[]; sorted: Beside[] } = { shuffled: [], sorted: [] };
    let refused = 0;
    for (const seed of SEEDS) {
      signal.throwIfAborted();
      const others = othersOf(seed);
      const quiet = run(seed, others);
      const upload = uploadAt(UPLOAD_AT_MS, UPLOAD_LINES, seed * 3_000);
      cells.shuffled.push(compare(quiet, run(seed, [...others, ...upload])));
      cells.sorted.push(compare(quiet, run(seed, [...others, ...sortedByProduct(upload)])));
      refused += quiet.refused.length;
      await new Promise(setImmediate);
    }
    const [shuffled, sorted] = [together(cells.shuffled), together(cells.sorted)];
    say(`${tableOf(shuffled)}\n\nThe upload is bought in ${shuffled.uploadS.toFixed(0)} s. ${weightsLine()}`);
    say(`\nThe same upload, sorted by product:\n${tableOf(sorted)}\n\nIt is bought in ${sorted.uploadS.toFixed(0)} s.`);
    say(
      "other_delay_s is the 99th percentile of what an order of the normal lane waits longer than without the upload, same seed.",
    );
    const delay = quantiles(delaysOf(shuffled.normal));
    return {
      other_delay_s: round(delay.p99, 2),
      other_delay_mean_s: round(delay.mean, 2),
      other_delay_p95_s: round(delay.p95, 2),
      other_delay_max_s: round(delay.max, 2),
      urgent_delay_p99_s: round(quantiles(delaysOf(shuffled.urgent)).p99, 2),
      upload_s: round(shuffled.uploadS, 0),
      sorted_other_delay_s: round(quantiles(delaysOf(sorted.normal)).p99, 2),
      sorted_urgent_delay_p99_s: round(quantiles(delaysOf(sorted.urgent)).p99, 2),
      sorted_upload_s: round(sorted.uploadS, 0),
      refused: refused + shuffled.refused + sorted.refused,
    };
  },
};

/** One order of another partner, without the upload and with it; seconds. */
interface Pair {
  without: number;
  beside: number;
}

interface Beside {
  normal: Pair[];
  urgent: Pair[];
  /** Until the last line of the upload is bought. */
  uploadS: number;
  refused: number;
}

function othersOf(seed: number): Arrival[] {
  const normal = { ordersPerMinute: OTHERS_PER_MINUTE, forMs: FOR_MS, partners: OTHERS };
  const urgent = { ordersPerMinute: URGENT_PER_MINUTE, forMs: FOR_MS, partners: URGENT_PARTNERS, lane: "urgent" as const };
  return [
    ...randomOrders({ seed: seed * 1_000, ...normal }),
    ...randomOrders({ seed: seed * 2_000, ...urgent, named: "urgent" }),
  ];
}

function compare(quiet: World, busy: World): Beside {
  const uploaded = busy.orders.filter(({ line }) => line.partnerId === "uploader");
  const untilMs = uploaded.reduce((latest, { placedAtMs = busy.nowMs }) => Math.max(latest, placedAtMs), 0);
  const waits = (world: World) => (order: VirtualOrder) => waitsOf(world, [order])[0] ?? 0;
  const beside = busy.orders.filter(({ line }) => line.partnerId !== "uploader");
  const pairs = quiet.orders.flatMap((order, index) => {
    const same = beside[index];
    if (!same || order.acceptedAtMs < UPLOAD_AT_MS || order.acceptedAtMs > untilMs) return [];
    return [{ lane: order.line.lane, without: waits(quiet)(order), beside: waits(busy)(same) }];
  });
  return {
    normal: pairs.filter(({ lane }) => lane === "normal"),
    urgent: pairs.filter(({ lane }) => lane === "urgent"),
    uploadS: (untilMs - UPLOAD_AT_MS) / 1_000,
    refused: busy.refused.length,
  };
}

function together(seeds: readonly Beside[]): Beside {
  const sum = (of: (one: Beside) => number) => seeds.reduce((total, one) => total + of(one), 0);
  return {
    normal: seeds.flatMap(({ normal }) => normal),
    urgent: seeds.flatMap(({ urgent }) => urgent),
    uploadS: sum(({ uploadS }) => uploadS) / seeds.length,
    refused: sum(({ refused }) => refused),
  };
}

function run(seed: number, arrivals: readonly Arrival[], options: Partial<WorldOptions> = {}): World {
  const inOrder = [...arrivals].sort((a, b) => a.atMs - b.atMs);
  return runWorld({ seed, arrivals: inOrder, ...options }, (world) => new CoalescingDrainer(world), FOR_MS + AFTER_MS);
}

const delaysOf = (pairs: readonly Pair[]) => pairs.map(({ without, beside }) => beside - without).sort((a, b) => a - b);

function tableOf({ normal, urgent }: Beside): string {
  const row = (name: string, sorted: readonly number[]) => {
    const { mean, p50, p95, p99, max } = quantiles(sorted);
    return [name, ...[mean, p50, p95, p99, max].map((seconds) => seconds.toFixed(2))];
  };
  const ordered = (values: number[]) => values.sort((a, b) => a - b);
  const rows = [["single orders", normal] as const, ["urgent orders", urgent] as const].flatMap(([name, pairs]) => [
    row(`${name}, without the upload`, ordered(pairs.map(({ without }) => without))),
    row(`${name}, beside it`, ordered(pairs.map(({ beside }) => beside))),
    row(`${name}, longer by`, delaysOf(pairs)),
  ]);
  return table(["wait in seconds", "mean", "p50", "p95", "p99", "max"], rows);
}

/** Two uploads at once, one of a partner with three times the weight. Products' own windows would decide in place of the turns. */
function weightsLine(): string {
  const names = WEIGHTS.map((weight) => `weight-${weight}`);
  const uploads = names.flatMap((name, index) => uploadAt(0, UPLOAD_LINES, SEEDS[index] ?? 0, name));
  const weights = new Map(names.map((name, index) => [name, WEIGHTS[index] ?? 1]));
  const { orders } = run(SEEDS[0] ?? 0, uploads, { weights, productWindow: false });
  const bought = orders
    .filter(({ placedAtMs }) => placedAtMs !== undefined)
    .sort((a, b) => (a.placedAtMs ?? 0) - (b.placedAtMs ?? 0));
  const early = bought.slice(0, Math.floor(UPLOAD_LINES / 4));
  const shares = names.map((name) => early.filter(({ line }) => line.partnerId === name).length);
  return `Of two uploads at once without product windows, with the weights ${WEIGHTS.join(" and ")}, the first ${early.length} lines bought are ${shares.join(" and ")}.`;
}
