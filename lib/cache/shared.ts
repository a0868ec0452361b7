import { asError, log } from "@/lib/log";
import { redis } from "@/lib/redis";
import { type Entry, type Held, type Part, parsePart } from "./part";

/** Redis is faster than the database or it is not asked: later than this the database answers instead. */
const LATE_MS = 250;
/** After it failed or was late, nobody waits for it for so long. */
const REST_MS = 5_000;
const MAX_SHARED_BYTES = 256 * 1024;
/** Of the form, not of the data: another one leaves everything kept before unread. */
const PREFIX = "cache:1:";
/** Keeps the client from taking the text for JSON, which it would parse for us: the text is what is checked and counted. */
const TEXT = "text:";

/** What all processes share, in Redis: a help that may be absent, never a source. */
export class SharedCache {
  private restsUntil = 0;

  /** What is kept of these, in their order; a value that does not parse counts as absent, and is written anew by whoever reads it. */
  async read<Value>(parts: readonly Entry<Value>[]): Promise<(Held<Value> | undefined)[]> {
    const none = parts.map(() => undefined);
    if (parts.length === 0 || performance.now() < this.restsUntil) return none;
    const texts = await this.inTime(redis().mget<unknown[]>(parts.map(({ key }) => PREFIX + key)));
    if (!texts) return none;
    return parts.map((part, index) => {
      const text = texts[index];
      return typeof text === "string" && text.startsWith(TEXT) ? parsePart(part, text.slice(TEXT.length)) : undefined;
    });
  }

  /** Not to be waited for, and nothing fails by it. */
  async write(entries: readonly { part: Pick<Part, "key" | "ttlSeconds">; held: Pick<Held, "text"> }[]): Promise<void> {
    const kept = entries.filter(({ held }) => held.text.length <= MAX_SHARED_BYTES);
    if (kept.length === 0 || performance.now() < this.restsUntil) return;
    const pipeline = redis().pipeline();
    for (const { part, held } of kept) pipeline.set(PREFIX + part.key, TEXT + held.text, { ex: part.ttlSeconds });
    await this.inTime(pipeline.exec());
  }

  private async inTime<T>(asked: Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        this.rest("late");
        resolve(undefined);
      }, LATE_MS);
    });
    const answer = asked.catch((thrown: unknown) => {
      this.rest("failed", asError(thrown));
      return undefined;
    });
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  private rest(reason: string, err?: Error): void {
    // A call that was late fails as well in the end: told once.
    if (performance.now() >= this.restsUntil) log.warn("The shared cache does not answer; the database does", { reason, err });
    this.restsUntil = performance.now() + REST_MS;
  }
}
