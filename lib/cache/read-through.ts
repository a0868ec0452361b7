import { type SQL, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { db } from "@/drizzle/client";
import { invariant } from "@/lib/errors";
import { type Held, type Part, type Parts, parsePart, type ValuesOf } from "./part";
import { SharedCache } from "./shared";

/** Of JSON text; as objects it takes several times as much. */
const MAX_LOCAL_BYTES = 16 * 1024 * 1024;

/** Values kept in this process and in Redis, and one flight for each that is missing from both. */
export class ReadThrough {
  private readonly local: LRUCache<string, Held>;
  private readonly shared = new SharedCache();
  private readonly flights = new Map<string, Promise<Held>>();

  constructor(maxLocalBytes = MAX_LOCAL_BYTES) {
    this.local = new LRUCache({ maxSize: maxLocalBytes, sizeCalculation: ({ text }, key) => text.length + key.length });
  }

  /** JSON text held in this process, with its keys. */
  get localBytes(): number {
    return this.local.calculatedSize;
  }

  /**
   * The values of these parts: from this process, or else from Redis in one question for all that is missing, or else from the database in
   * one statement for all that is still missing. Who waits for a part that another caller sent for is not failed by what else that caller
   * wanted: it asks for the part alone, once. Callers share what they are given: it is not to be changed.
   */
  async read<P extends Parts>(parts: P): Promise<ValuesOf<P>> {
    const named = Object.entries(parts).map(([name, part]) => ({ name, part, held: this.local.get(part.key) }));
    const missing = named.flatMap(({ part, held }) => (held || this.flights.has(part.key) ? [] : [part]));
    if (missing.length > 0) this.fly(missing);
    const values = named.map(async ({ name, part, held }) => {
      const landing =
        held ?? (missing.includes(part) ? this.flightOf(part) : this.flightOf(part).catch(() => this.flightOf(part)));
      return [name, (await landing).value] as const;
    });
    return Object.fromEntries(await Promise.all(values)) as ValuesOf<P>;
  }

  private flightOf(part: Part): Promise<Held> {
    if (!this.flights.has(part.key)) this.fly([part]);
    const flight = this.flights.get(part.key);
    invariant(flight, "what was sent for is on its way");
    return flight;
  }

  /** Registered before anything is waited for, so that whoever asks meanwhile finds it. */
  private fly(parts: readonly Part[]): void {
    const landing = this.fetch(parts);
    parts.forEach((part, index) => {
      const flight = landing.then((all) => {
        const held = all[index];
        invariant(held, "each part that flew has landed");
        this.local.set(part.key, held, { ttl: part.ttlSeconds * 1_000 });
        return held;
      });
      this.flights.set(part.key, flight);
      const over = () => this.flights.delete(part.key);
      flight.then(over, over);
    });
  }

  private async fetch(parts: readonly Part[]): Promise<Held[]> {
    const found = await this.shared.read(parts);
    const absent = parts.filter((_, index) => !found[index]);
    if (absent.length > 0) {
      const read = await askDatabase(absent);
      void this.shared.write(read);
      for (const { part, held } of read) found[parts.indexOf(part)] = held;
    }
    return found.filter((held) => held !== undefined);
  }
}

/** One statement, whatever is missing. As text, which is what the other caches keep. */
async function askDatabase(parts: readonly Part[]): Promise<{ part: Part; held: Held }[]> {
  const columns: SQL[] = parts.map(({ sql: value }, index) => sql`(${value})::text as ${sql.identifier(`part_${index}`)}`);
  const { rows } = await db().execute<Record<string, string | null>>(sql`select ${sql.join(columns, sql`, `)}`);
  return parts.map((part, index) => {
    const held = parsePart(part, rows[0]?.[`part_${index}`] ?? "null");
    invariant(held, `the database gives ${part.key.split(":")[0]} in the form that is asked for`);
    return { part, held };
  });
}

const cache = new ReadThrough();

/** See `ReadThrough.read`: the cache of this process. */
export function readThrough<P extends Parts>(parts: P): Promise<ValuesOf<P>> {
  return cache.read(parts);
}
