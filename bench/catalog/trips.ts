import type { TripProxy } from "../../local/testing/trips/trip-proxy";
import { untilQuiet } from "../count-trips";
import { percentile } from "../sample";
import { openCatalogClient } from "./client";
import { forgetFor } from "./forget";
import type { Asked } from "./requests";

const ROUNDS = 5;

/**
 * The queries that one request of each kind makes, with nothing kept, with all of it, and of one who has the answer: the median of several,
 * since a connection that the pool closes meanwhile, having had nothing to do, counts as one. The queue must be held still: then the portal
 * does nothing but answer.
 */
export async function countQueries(origin: string, { kinds, buyers }: Asked, proxy: TripProxy): Promise<Record<string, number>> {
  const client = openCatalogClient(origin, 1);
  const counts: Record<string, number[]> = {};
  try {
    for (const path of Object.values(kinds)) for (const buyer of buyers.slice(0, 2)) await client.get({ buyer, path });
    await untilQuiet(proxy);
    const count = async (name: string, act: () => Promise<unknown>) => {
      proxy.reset();
      await act();
      counts[name] = [...(counts[name] ?? []), proxy.trips()];
    };
    for (const [kind, path] of Object.entries(kinds)) {
      for (const buyer of buyers.slice(0, ROUNDS)) {
        await forgetFor(buyer.partnerId);
        await count(`${kind} cold`, () => client.get({ buyer, path }));
        const { etag } = await client.get({ buyer, path });
        await count(`${kind} warm`, () => client.get({ buyer, path }));
        await count("unchanged", () => client.get({ buyer, path }, etag));
      }
    }
    return Object.fromEntries(
      Object.entries(counts).map(([name, all]) => [
        name,
        percentile(
          all.sort((a, b) => a - b),
          50,
        ),
      ]),
    );
  } finally {
    client.close();
  }
}
