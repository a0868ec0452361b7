import type { BenchOptions } from "../bench";
import { drive } from "../drive";
import { percentile } from "../sample";
import { type CatalogClient, openCatalogClient } from "./client";
import { forgetFor } from "./forget";
import type { Ask, Asked } from "./requests";

export interface CatalogCell {
  name: string;
  clients: number;
  count: number;
  p50Ms: number;
  p95Ms: number;
}

const CONNECTIONS = [1, 16];
const MS = 1_000;

/**
 * Lists and searches with few and many connections: "hit" is an answer that was made before, "warm" one that nobody made yet, of a partner
 * whose settings, and mostly of a list that, the portal keeps; "cold" is with nothing kept, "ilike" the plain statement.
 */
export async function measureCells(
  origins: { portal: string; plain: string },
  asked: Asked,
  options: BenchOptions,
): Promise<CatalogCell[]> {
  const cells: CatalogCell[] = [];
  for (const clients of CONNECTIONS) {
    const portal = openCatalogClient(origins.portal, clients);
    const plain = openCatalogClient(origins.plain, clients);
    try {
      for (const what of ["list", "search"] as const) {
        const asks = asked[what];
        const cell = async (name: string, client: CatalogClient, over: Partial<Measured> = {}) => {
          const measured = await measure({ name: `${name}, ${what}`, clients, client, asks, ...over }, options);
          options.say(`  ${measured.name} at ${clients}: p50 ${measured.p50Ms} ms, p95 ${measured.p95Ms} ms`);
          cells.push(measured);
        };
        for (const ask of asks) await portal.get(ask);
        await cell("hit", portal);
        await cell("warm", portal, { asks: others(asks) });
        await cell("cold", portal, { before: ({ buyer }) => forgetFor(buyer.partnerId) });
        await cell("ilike", plain);
      }
    } finally {
      portal.close();
      plain.close();
    }
  }
  return cells;
}

/** Everybody asks what each of the others asked, each pair once: none of these answers was made before. */
function others(asks: readonly Ask[]): Ask[] {
  return asks
    .slice(1)
    .flatMap((_, apart) => asks.map(({ buyer }, at) => ({ buyer, path: asks[(at + apart + 1) % asks.length]?.path ?? "" })));
}

export function worstP95(cells: readonly CatalogCell[]): number {
  return Math.max(...cells.map(({ p95Ms }) => p95Ms));
}

interface Measured {
  name: string;
  clients: number;
  client: CatalogClient;
  asks: readonly Ask[];
  /** Comes before each request and is not counted. */
  before?: (ask: Ask) => Promise<void>;
}

async function measure(
  { name, clients, client, asks, before }: Measured,
  { seconds, signal }: BenchOptions,
): Promise<CatalogCell> {
  const latenciesMs: number[] = [];
  let next = 0;
  const act = async () => {
    const ask = asks[next++ % asks.length];
    if (!ask) throw new Error("There is nothing to ask for.");
    await before?.(ask);
    const startedAt = performance.now();
    await client.get(ask);
    latenciesMs.push(performance.now() - startedAt);
  };
  await drive({ clients, durationMs: seconds * MS, signal, act });
  latenciesMs.sort((a, b) => a - b);
  return {
    name,
    clients,
    count: latenciesMs.length,
    p50Ms: hundredths(percentile(latenciesMs, 50)),
    p95Ms: hundredths(percentile(latenciesMs, 95)),
  };
}

const hundredths = (ms: number) => Math.round(ms * 100) / 100;
