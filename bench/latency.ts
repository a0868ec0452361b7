import { setTimeout as sleep } from "node:timers/promises";
import { BambooControl } from "../local/bamboo/control";
import { seededRandom } from "../local/bamboo/random";
import type { System } from "../local/up/system";
import { findCards } from "./accept";
import type { Bench, BenchOptions } from "./bench";
import { readCatalogue } from "./first-catalogue";
import { readJourneys, STAGES, type Stage } from "./latency/journeys";
import { runsPerOrder } from "./latency/runs-per-order";
import { type Card, openOrderClient } from "./order-client";
import { inTurn, type Person, populate } from "./population";
import { startPortal } from "./portal";
import { percentile, round } from "./sample";
import { withServices } from "./services";
import { table } from "./table";

const ORDERS = 120;
/** The first ones find cold code and closed connections. */
const WARM_UP_ORDERS = 10;
/** Past the gap between two checkouts, and never in step with anything that goes by the clock. */
const APART_MS = 650;
const UP_TO_MORE_MS = 500;
const SEED = 20_261_123;
/** The last order is on its way by then. */
const ENDING_MS = 5_000;

export const latency: Bench = {
  title: "Idle: from the start of an order's transaction to the first byte of its checkout at the supplier",
  starts:
    "Starts all stand-ins on a folder of its own under .data/bench, builds the portal unless the build is up to date, and serves it.",
  run: (options) => withServices("latency", options, (services, folder) => measure(services, folder, options)),
};

async function measure(services: System, folder: string, options: BenchOptions): Promise<Record<string, number>> {
  const portal = await startPortal(services, folder, options);
  try {
    await readCatalogue(services, portal.urls.portal, options.signal);
    const control = new BambooControl(services.env.BAMBOO_BASE_URL ?? "", services.env.BAMBOO_CONTROL_TOKEN ?? "");
    const next = { person: inTurn(await populate()), card: inTurn(await findCards()) };
    const answeredAt = await placeOneByOne(portal.urls.portal, next, options);
    await sleep(ENDING_MS, undefined, { signal: options.signal });
    const journeys = (await readJourneys(control, answeredAt)).slice(WARM_UP_ORDERS);
    const at = (stage: Stage, percent: number) => {
      const sorted = journeys.map((journey) => journey[stage]).sort((a, b) => a - b);
      return round(percentile(sorted, percent), 1);
    };
    const rows = STAGES.map(({ stage, says }) => [says, at(stage, 50), at(stage, 90), at(stage, 99), at(stage, 100)]);
    options.say(`\n${table(["milliseconds after the transaction began", "p50", "p90", "p99", "most"], rows)}\n${LEGEND}`);
    const { orders, runs, purchases } = await runsPerOrder(services, portal.urls.portal, next, options.signal);
    options.say(`\nAt a thousand orders a minute: ${orders} orders, ${purchases} purchases, ${runs} runs of dispatch-orders`);
    const stages = STAGES.map(({ stage }) => [`${stage}_p50_ms`, at(stage, 50)]);
    return {
      p50_ms: at("arrived", 50),
      p99_ms: at("arrived", 99),
      max_ms: at("arrived", 100),
      orders: journeys.length,
      runs_per_order_1000: round(runs / orders, 3),
      purchases_per_order_1000: round(purchases / orders, 3),
      ...Object.fromEntries(stages),
    };
  } finally {
    await portal.stop();
  }
}

interface Next {
  person: () => Person;
  card: () => Card;
}

const LEGEND = `
The start of the transaction is some milliseconds before its commit, so the whole is a little more than commit to first byte. Times of
transactions are those of their starts; all processes share one machine's clock.`;

/** When each order was answered, in the order of their placing, by this machine's clock. */
async function placeOneByOne(origin: string, { person, card }: Next, { signal, say }: BenchOptions): Promise<number[]> {
  const random = seededRandom(SEED);
  const client = openOrderClient(origin, 1);
  const answeredAt: number[] = [];
  say(`  ${ORDERS} orders, one at a time, about ${(APART_MS + UP_TO_MORE_MS / 2) / 1_000} s apart`);
  try {
    for (let order = 0; order < ORDERS; order++) {
      await client.order(person(), card());
      answeredAt.push(performance.timeOrigin + performance.now());
      await sleep(APART_MS + random() * UP_TO_MORE_MS, undefined, { signal });
    }
  } finally {
    client.close();
  }
  return answeredAt;
}
