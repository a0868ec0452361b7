import type { Lane } from "@/lib/dispatch/plan-dispatch";
import { Random } from "../../simulation/engine/random";

/** An order of one line, as it comes in. */
export interface Arrival {
  atMs: number;
  partnerId: string;
  lane: Lane;
  productId: number;
  quantity: number;
}

export interface Traffic {
  seed: number;
  ordersPerMinute: number;
  forMs: number;
  partners?: number;
  lane?: Lane;
  /** Whose orders they are is told by it: two kinds of traffic have two. */
  named?: string;
}

export const PRODUCTS = 200;
const ZIPF_EXPONENT = 1.1;
const PARTNERS = 20;
const MOST_CARDS = 5;
export const MINUTE_MS = 60_000;
const TWO_32 = 4_294_967_296;

/** Orders at random moments (Poisson), each of one product (Zipf) and 1 to 5 cards, from partners at random. The seed decides all. */
export function randomOrders({
  seed,
  ordersPerMinute,
  forMs,
  partners = PARTNERS,
  lane = "normal",
  named = "partner",
}: Traffic): Arrival[] {
  const random = new Random(seed);
  const pickProduct = productPicker(random);
  const meanGapMs = MINUTE_MS / ordersPerMinute;
  const arrivals: Arrival[] = [];
  for (let atMs = gap(random, meanGapMs); atMs < forMs; atMs += gap(random, meanGapMs)) {
    const partnerId = `${named}-${String(random.between(1, partners)).padStart(2, "0")}`;
    arrivals.push({ atMs, partnerId, lane, productId: pickProduct(), quantity: random.between(1, MOST_CARDS) });
  }
  return arrivals;
}

/** So many orders of one partner at one moment, over the same products. */
export function uploadAt(atMs: number, lines: number, seed: number, partnerId = "uploader"): Arrival[] {
  const random = new Random(seed);
  const pickProduct = productPicker(random);
  const one = () => ({
    atMs,
    partnerId,
    lane: "normal" as const,
    productId: pickProduct(),
    quantity: random.between(1, MOST_CARDS),
  });
  return Array.from({ length: lines }, one);
}

/** The same lines by product, as a file that was sorted before it was uploaded. */
export function sortedByProduct(upload: readonly Arrival[]): Arrival[] {
  return [...upload].sort((a, b) => a.productId - b.productId);
}

/** Products 1 to 200; number n is ordered in proportion to n^-1.1. */
function productPicker(random: Random): () => number {
  const shares: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= PRODUCTS; rank++) {
    sum += rank ** -ZIPF_EXPONENT;
    shares.push(sum);
  }
  return () => {
    const drawn = uniform(random) * sum;
    return 1 + shares.findIndex((share) => share > drawn);
  };
}

/** Between two events that come at random. */
export function gap(random: Random, meanMs: number): number {
  return -Math.log(1 - uniform(random)) * meanMs;
}

/** From 0, and below 1. */
export function uniform(random: Random): number {
  return random.bits() / TWO_32;
}
