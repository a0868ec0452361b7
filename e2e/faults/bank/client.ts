import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { pick, type Random, randomInteger } from "@/local/bamboo/random";
import type { Bank, Branch, Goods } from "./open-bank";
import type { OrdersKept } from "./orders-kept";
import type { Answer } from "./teller";

const LEAST_PAUSE_MS = 400;
const MOST_PAUSE_MS = 1_400;
const RETRY_PAUSE_MS = 500;
/** Minutes of patience with one lost answer; a client that gives up would leave a key without an answer. */
const MAX_TRIES = 300;
const MOST_CARDS = 2;
/** The most of one order; far beyond what any wallet here holds. */
const TOO_MANY_CARDS = 500;
/** Not an answer to the request: it may have been carried out, or not. */
const ASK_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface Traffic {
  bank: Bank;
  kept: OrdersKept;
  /** Whether one more order may be placed now: the supplier takes only so many in the time there is. */
  mayPlace: () => boolean;
  until: number;
}

/** One client, from the opening to the end: orders, asks again, cancels, overdraws, looks. */
export async function runClient(traffic: Traffic, branch: Branch, random: Random): Promise<void> {
  const mine: string[] = [];
  while (Date.now() < traffic.until) {
    await sleep(randomInteger(random, LEAST_PAUSE_MS, MOST_PAUSE_MS));
    if (traffic.mayPlace()) {
      const key = randomUUID();
      mine.push(key);
      await placeUntilAnswered(traffic, branch, key, pick(random, traffic.bank.goods), randomInteger(random, 1, MOST_CARDS));
      if (random() < 0.3) await cancel(traffic, branch, key);
    } else {
      await somethingElse(traffic, branch, mine, random);
    }
  }
}

const orders = new Map<string, { lines: { productId: number; faceMinor: number; quantity: number }[] }>();

async function placeUntilAnswered(traffic: Traffic, branch: Branch, key: string, goods: Goods, quantity: number): Promise<void> {
  orders.set(key, { lines: [{ ...goods, quantity }] });
  traffic.kept.counts.placed += 1;
  const answer = await askUntilAnswered(traffic, branch, key);
  if (answer.status !== 202) traffic.kept.wrong.push(`An order within its means was answered ${answer.status}: ${answer.text}`);
}

/** The same key and body until there is an answer, as a partner's own system does it. */
async function askUntilAnswered({ kept }: Traffic, { teller, partnerId }: Branch, key: string): Promise<Answer> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const answer = await teller.ask("POST", "/api/v1/orders", orders.get(key), key);
    if (answer?.status === 202) kept.told(key, partnerId, answer.text);
    if (answer?.replayed) kept.counts.replays += 1;
    if (answer && !ASK_AGAIN.has(answer.status) && !answer.text.includes('"idempotency_in_progress"')) return answer;
    kept.counts.lostAnswers += 1;
    await sleep(RETRY_PAUSE_MS);
  }
  throw new Error(`Key ${key} had no answer in ${MAX_TRIES} tries`);
}

async function cancel({ kept }: Traffic, { teller }: Branch, key: string): Promise<void> {
  const orderId = kept.accepted.get(key)?.orderId;
  if (orderId === undefined) return;
  const answer = await teller.ask("POST", `/api/v1/orders/${orderId}/cancellation`, {});
  if (answer?.status === 200) kept.counts.cancelled += 1;
}

async function somethingElse(traffic: Traffic, branch: Branch, mine: readonly string[], random: Random): Promise<void> {
  const { kept, bank } = traffic;
  const chance = random();
  if (chance < 0.25 && mine.length > 0) {
    await askUntilAnswered(traffic, branch, pick(random, mine));
  } else if (chance < 0.5) {
    const lines = [{ ...pick(random, bank.goods), quantity: TOO_MANY_CARDS }];
    const answer = await branch.teller.ask("POST", "/api/v1/orders", { lines }, randomUUID());
    if (answer?.status === 202) kept.wrong.push(`An order far beyond its wallet was accepted: ${answer.text}`);
    if (answer?.text.includes('"insufficient_funds"')) kept.counts.overdraftsRefused += 1;
    else if (answer) kept.counts.otherRefusals += 1;
  } else {
    const answer = await branch.teller.ask("GET", chance < 0.75 ? "/api/v1/wallets" : "/api/v1/orders?limit=20");
    if (answer?.status === 200) kept.counts.reads += 1;
  }
}
