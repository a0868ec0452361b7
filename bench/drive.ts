import type { Sample } from "./sample";

export interface Load {
  clients: number;
  durationMs: number;
  signal: AbortSignal;
  /** One piece of work of one client, numbered from 0; the next begins when it has ended. */
  act: (client: number) => Promise<unknown>;
}

/**
 * Has each client work without a pause until the time is over, and adds every latency to the sample. What is under way by then is
 * waited for and counted, time included. The first failure ends it: a bench of refusals would look fast.
 */
export async function drive({ clients, durationMs, signal, act }: Load, into?: Sample): Promise<void> {
  const startedAt = performance.now();
  const endsAt = startedAt + durationMs;
  let hasFailed = false;
  const work = async (client: number) => {
    for (let now = startedAt; now < endsAt && !hasFailed; ) {
      signal.throwIfAborted();
      const begunAt = performance.now();
      await act(client).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
      now = performance.now();
      into?.latenciesMs.push(now - begunAt);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: clients }, (_, client) => work(client)));
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
  if (into) into.tookMs += performance.now() - startedAt;
}
