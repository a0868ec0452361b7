import type { Bench, BenchOptions } from "./bench";
import { coverage, type Measured, measure, medians, together } from "./estimates/measure";
import { round } from "./sample";
import { table } from "./table";

const LOADS = [30, 300, 1_000];
/** Not those that the margins were chosen on. */
const SEEDS = [101, 102, 103];

export const estimates: Bench = {
  title: "Share of orders that settled within the interval told on acceptance, and its width, in virtual time",
  starts: "Starts nothing: the real planner, the real limits and the real estimate, on a clock that jumps. The seeds decide all.",
  run: async (options) => figures(options),
};

async function figures({ signal, say }: BenchOptions): Promise<Record<string, number>> {
  const byLoad: { load: number; measured: Measured }[] = [];
  for (const load of LOADS) {
    const parts: Measured[] = [];
    for (const seed of SEEDS) {
      signal.throwIfAborted();
      parts.push(measure(load, seed));
      await new Promise(setImmediate);
    }
    byLoad.push({ load, measured: together(parts) });
  }
  say(report(byLoad));
  const perLoad = byLoad.flatMap(({ load, measured }) => {
    const { widthMs, waitMs } = medians(measured);
    return [
      [`coverage_${load}`, round(coverage(measured), 3)],
      [`width_to_median_${load}`, round(widthMs / waitMs, 2)],
    ];
  });
  const worst = (of: (cell: Measured) => number, pick: (...values: number[]) => number) =>
    pick(...byLoad.map(({ measured }) => of(measured)));
  const ratio = (measured: Measured) => medians(measured).widthMs / medians(measured).waitMs;
  return {
    coverage: round(worst(coverage, Math.min), 3),
    width_to_median: round(worst(ratio, Math.max), 2),
    ...Object.fromEntries(perLoad),
  };
}

function report(byLoad: readonly { load: number; measured: Measured }[]): string {
  const rows = byLoad.map(({ load, measured }) => {
    const { widthMs, waitMs } = medians(measured);
    const percent = (count: number) => `${round((count / measured.orders) * 100, 1)} %`;
    const { orders, within, early, late, untold } = measured;
    const seconds = (ms: number) => `${round(ms / 1_000, 2)} s`;
    return [
      load,
      orders,
      percent(within),
      percent(early),
      percent(late),
      percent(untold),
      seconds(waitMs),
      seconds(widthMs),
      round(widthMs / waitMs, 2),
    ];
  });
  const head = ["orders/min", "orders", "within", "early", "late", "untold", "median wait", "median width", "width/wait"];
  return `${table(head, rows)}\n\`coverage\` and \`width_to_median\` below are of the load where each is worst.`;
}
