import { sleep } from "@/lib/clock";

const LOOK_EVERY_MS = 100;

/** Waits for something to be so. Throws, with its name and what was found last, when that takes longer than so long. */
export async function until<T>(what: string, timeoutMs: number, look: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (isSo(found)) return found;
    if (performance.now() > endMs)
      throw new Error(`Not so within ${timeoutMs / 1_000} s: ${what}. Found: ${JSON.stringify(found).slice(0, 2_000)}`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** Looks again and again for so long; answers all that was found. */
export async function watch<T>(forMs: number, look: () => Promise<T>): Promise<T[]> {
  const endMs = performance.now() + forMs;
  const found: T[] = [];
  while (performance.now() < endMs) {
    found.push(await look());
    await sleep(Math.min(LOOK_EVERY_MS, endMs - performance.now()));
  }
  return found;
}
