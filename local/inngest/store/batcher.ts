const MAX_BATCH = 250;

interface Waiting<T> {
  entry: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit: entries that arrive while a flush is running are flushed together by the next one. If a batch of several
 * fails, each is tried alone, so that one bad entry cannot fail the others.
 */
export class Batcher<T> {
  private waiting: Waiting<T>[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly flush: (entries: T[]) => Promise<void>) {}

  /** Resolves when the entry is durable, rejects with the error of its own flush. */
  add(entry: T): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.waiting.push({ entry, resolve, reject });
      this.running ??= this.drain();
    });
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async drain(): Promise<void> {
    // A tick's worth of entries travels together even when nothing was running.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) await this.flushBatch(this.waiting.splice(0, MAX_BATCH));
    this.running = undefined;
  }

  private async flushBatch(batch: Waiting<T>[]): Promise<void> {
    try {
      await this.flush(batch.map(({ entry }) => entry));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only) only.reject(error);
      else for (const one of batch) await this.flushBatch([one]);
    }
  }
}
