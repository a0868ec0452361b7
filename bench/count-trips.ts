import { setTimeout as sleep } from "node:timers/promises";
import type { TripProxy } from "../local/testing/trips/trip-proxy";
import { openOrderClient } from "./order-client";
import { inTurn, type Market } from "./population";
import { percentile } from "./sample";

const COUNTED_ORDERS = 15;
const QUIET_MS = 1_000;
const MAX_QUIET_WAITS = 30;

/**
 * Round trips to the database of one warm request: the median of several. The queue must be held still: then the portal does nothing
 * but answer, and the first order's events wait in vain for somebody to take them, so that the later ones are not sent beside.
 */
export async function countTrips(origin: string, { people, cards }: Market, proxy: TripProxy): Promise<number> {
  const [person, card] = [inTurn(people), inTurn(cards)];
  const client = openOrderClient(origin, 1);
  const counts: number[] = [];
  try {
    await client.order(person(), card());
    await untilQuiet(proxy);
    await client.order(person(), card());
    for (let order = 0; order < COUNTED_ORDERS; order++) {
      proxy.reset();
      await client.order(person(), card());
      counts.push(proxy.trips());
    }
  } finally {
    client.close();
  }
  return percentile(
    counts.sort((a, b) => a - b),
    50,
  );
}

/** What the queue had the portal do before it was stopped comes to its end. */
export async function untilQuiet(proxy: TripProxy): Promise<void> {
  for (let wait = 0; wait < MAX_QUIET_WAITS; wait++) {
    proxy.reset();
    await sleep(QUIET_MS);
    if (proxy.trips() === 0) return;
  }
  throw new Error("The portal keeps asking the database although nobody asks it anything. See its log in the data folder.");
}
