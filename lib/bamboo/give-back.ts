import type { Endpoint } from "./budgets";
import { runTurnScript } from "./turn-script";

/** ARGV: the products of which the ticket may hold places. One that departed keeps everything: it was sent. */
const GIVE_BACK = `
if score(departed, ticket) then return 0 end
redis.call('ZREM', turns, ticket)
if redis.call('HGET', breaker, 'probe') == ticket then redis.call('HDEL', breaker, 'probe', 'probeUntil') end
dropPlaces(8)
return 1
`;

/** Frees what an unused turn has: its moment, its places, and the breaker's probe. */
export async function giveBack(
  { endpoint, ticket }: { endpoint: Endpoint; ticket: string },
  productIds: readonly number[] = [],
): Promise<void> {
  await runTurnScript<number>(GIVE_BACK, endpoint, ticket, productIds);
}
