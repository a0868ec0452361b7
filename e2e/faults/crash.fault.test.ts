import { availableParallelism } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/auth";
import type { Cut } from "@/local/testing/cut/cutting-proxy";
import { crash, rehearse } from "./support/crash";
import { distinctCuts, everyCut } from "./support/cuts";
import type { Lane } from "./support/lane";
import { SCENARIOS, type Scenario } from "./support/scenarios";
import { startWorld, type World } from "./support/world";

/** More than cores: a lane often waits for a slot. */
const LANES = 2 * Math.min(availableParallelism(), 4);
const SCENARIO_TIMEOUT_MS = 180_000;
const START_TIMEOUT_MS = 120_000;
/** Another run may open a connection less than the counted one, or ask once less, so the last cuts may find nothing to cut. */
const LEAST_CUT = 0.75;

/** Those too that leave the same world as their neighbour. Four times the time. */
const EVERY_CUT = process.env.STELLER_FAULTS === "every";
/** Otherwise every second cut, the others on the next day: all tests together keep within a quarter of an hour. */
const HALF = new Date().getUTCDate() % 2;

let world: World;
let partners: Map<Lane, Ctx>;

beforeAll(async () => {
  world = await startWorld(LANES);
  const productIds = [...new Set(SCENARIOS.flatMap(({ lines }) => lines.map(({ productId }) => productId)))];
  partners = new Map(await Promise.all(world.lanes.map(async (lane) => [lane, await lane.prepare(productIds)] as const)));
  await warmUp();
}, START_TIMEOUT_MS);

afterAll(() => world?.stop());

test.each(SCENARIOS)(
  "killed at every await of $name, it recovers",
  async (scenario) => {
    const startedAt = performance.now();
    const [counting] = world.lanes;
    if (!counting) throw new Error("There is no lane");
    const counted = await crash(counting, ctxOf(counting), scenario);
    const { awaits } = counted;
    expect(awaits.length).toBeGreaterThan(0);
    const cuts = EVERY_CUT
      ? everyCut(scenario, counted)
      : distinctCuts(scenario, counted).filter((_, index) => index % 2 === HALF);
    const queue = [...cuts];
    const failures: string[] = [];
    let killed = 0;
    const work = async (lane: Lane) => {
      for (let cut = queue.shift(); cut && failures.length === 0; cut = queue.shift()) {
        const outcome = await crashOnce(lane, scenario, cut);
        if (outcome === "killed") killed += 1;
        else if (outcome !== "not reached") failures.push(outcome);
      }
    };
    await Promise.all(world.lanes.map(work));
    const services = [...new Set(awaits.map(({ service }) => service))].join(", ");
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    console.log(`${scenario.name}: ${awaits.length} awaits (${services}), ${killed} of ${cuts.length} cuts killed, ${seconds} s`);
    expect(failures).toEqual([]);
    expect(killed).toBeGreaterThanOrEqual(Math.floor(cuts.length * LEAST_CUT));
  },
  SCENARIO_TIMEOUT_MS,
);

/** Goes each way once in a process that lives on, so that those to be killed need not compile it again. */
async function warmUp(): Promise<void> {
  const [lane] = world.lanes;
  for (const scenario of SCENARIOS) if (lane) await rehearse(lane, ctxOf(lane), scenario);
  await lane?.survivor.keepCompiled();
}

/** What became of one cut; a text is what did not agree. */
async function crashOnce(lane: Lane, scenario: Scenario, cut: Cut): Promise<string> {
  try {
    const { cutAt } = await crash(lane, ctxOf(lane), scenario, cut);
    return cutAt ? "killed" : "not reached";
  } catch (error) {
    return `Killed ${cut.mode} await ${cut.at}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function ctxOf(lane: Lane): Ctx {
  const ctx = partners.get(lane);
  if (!ctx) throw new Error("The lane has no partner");
  return ctx;
}
